package youtubemp3.worker.playlist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.jobs.storage.StorageProblem;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.Cookies;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.extract.YtDlp;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.process.LineReader;
import youtubemp3.worker.process.OutputTail;
import youtubemp3.worker.process.ProcessTree;

/** Lists a playlist with yt-dlp. */
@Component
class PlaylistLister {

    /** A mix has no end, and its videos have less and less to do with the first. */
    private static final int MAX_MIX = 50;

    /** An entry takes about 2 KB. */
    private static final int MAX_BYTES = 16 << 20;

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final YtDlp ytDlp;
    private final Cookies cookies;
    private final AudioStore store;
    private final WorkerSettings settings;
    private final Duration timeLimit;

    @Autowired
    PlaylistLister(YtDlp ytDlp, Cookies cookies, AudioStore store, WorkerSettings settings) {
        this(ytDlp, cookies, store, settings, TIME_LIMIT);
    }

    PlaylistLister(YtDlp ytDlp, Cookies cookies, AudioStore store, WorkerSettings settings, Duration timeLimit) {
        this.ytDlp = ytDlp;
        this.cookies = cookies;
        this.store = store;
        this.settings = settings;
        this.timeLimit = timeLimit;
    }

    /** The name of a listing's folder, without the number at its end, and of the listing for the circuit breaker. */
    static UUID listingId(PlaylistId id) {
        return UUID.nameUUIDFromBytes(("playlist:" + id).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Lists a playlist.
     *
     * @param interval how often the listener is called
     * @param listener called while yt-dlp runs
     * @throws ExtractionException when the playlist cannot be listed, or is empty
     * @throws InterruptedException when the thread is interrupted; all child processes have been ended
     */
    Playlist list(PlaylistId id, Duration interval, Runnable listener)
            throws ExtractionException, InterruptedException {
        Optional<StorageProblem> problem = store.problem(0);
        if (problem.isPresent()) {
            throw new ExtractionException(
                    FailureKind.STORAGE_FAILED, problem.get().description());
        }
        int max = id.isMix() ? Math.min(MAX_MIX, settings.maxPlaylist()) : settings.maxPlaylist();
        // named like the folder of an attempt, so that cleanup removes what a killed worker leaves
        Path folder = store.workspace().resolve(listingId(id) + "." + System.currentTimeMillis());
        try {
            Files.createDirectories(folder);
            try {
                // one more tells whether there are more
                byte[] json = run(ytDlp.list(id, max + 1, folder), interval, listener);
                return parse(json, id, max);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new ExtractionException(
                    FailureKind.of(String.valueOf(e.getMessage())).orElse(FailureKind.STORAGE_FAILED), e.toString());
        }
    }

    /** What yt-dlp prints when it succeeds. */
    private byte[] run(ProcessBuilder command, Duration interval, Runnable listener)
            throws IOException, ExtractionException, InterruptedException {
        long deadline = System.nanoTime() + timeLimit.toNanos();
        OutputTail output = new OutputTail();
        try (ProcessTree tree = new ProcessTree()) {
            Process process = tree.start(command).get(0);
            LineReader lines = new LineReader("yt-dlp", process.getErrorStream(), output::add);
            FutureTask<byte[]> reading = read(process.getInputStream());
            Optional<byte[]> json = poll(reading, interval, deadline);
            while (json.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw timedOut(output);
                }
                listener.run();
                json = poll(reading, interval, deadline);
            }
            if (json.get().length > MAX_BYTES) {
                throw new ExtractionException(FailureKind.PLAYLIST_FAILED, "yt-dlp prints more than a playlist");
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw timedOut(output);
            }
            lines.await();
            cookies.used(output.text(), process.exitValue() == 0);
            checkExit(process.exitValue(), output);
            return json.get();
        }
    }

    /** Reads on a thread of its own, since a read can be neither interrupted nor limited in time. */
    private static FutureTask<byte[]> read(InputStream json) {
        FutureTask<byte[]> reading = new FutureTask<>(() -> json.readNBytes(MAX_BYTES + 1));
        Thread thread = new Thread(reading, "yt-dlp-json");
        thread.setDaemon(true);
        thread.start();
        return reading;
    }

    /** Waits for the interval, but not beyond the deadline. */
    private static Optional<byte[]> poll(FutureTask<byte[]> reading, Duration interval, long deadline)
            throws IOException, InterruptedException {
        try {
            long nanos = Math.min(interval.toNanos(), deadline - System.nanoTime());
            return Optional.of(reading.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private ExtractionException timedOut(OutputTail output) {
        return new ExtractionException(FailureKind.TIME_LIMIT, "not listed within " + timeLimit + ": " + output.tail());
    }

    private static void checkExit(int exit, OutputTail output) throws ExtractionException {
        String message = "yt-dlp exited with " + exit + ": " + output.tail();
        if (exit == YtDlp.USAGE || ProcessTree.cannotRun(exit)) {
            throw new ExtractionException(FailureKind.MISCONFIGURED, message);
        }
        if (exit != 0) {
            throw new ExtractionException(diagnosis(output.text()), message);
        }
    }

    private static Playlist parse(byte[] json, PlaylistId id, int max) throws ExtractionException {
        Playlist playlist = FlatPlaylist.parse(json, id, max)
                .orElseThrow(() -> new ExtractionException(
                        FailureKind.PLAYLIST_FAILED, "yt-dlp printed something else than a playlist"));
        if (playlist.entries().isEmpty()) {
            throw new ExtractionException(FailureKind.PLAYLIST_EMPTY, "the playlist has no videos");
        }
        return playlist;
    }

    private static Diagnosis diagnosis(String output) {
        if (output.contains("Unable to recognize playlist")) {
            // a video without a mix: the error after this warning is about another extractor, which is not loaded
            return new Diagnosis(FailureKind.PLAYLIST_MISSING);
        }
        Diagnosis diagnosis = Diagnosis.of(output);
        return diagnosis.kind() == FailureKind.CONVERSION ? new Diagnosis(FailureKind.PLAYLIST_FAILED) : diagnosis;
    }
}
