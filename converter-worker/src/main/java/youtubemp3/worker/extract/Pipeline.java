package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.process.LineReader;
import youtubemp3.worker.process.OutputTail;
import youtubemp3.worker.process.ProcessTree;

/**
 * Runs {@code yt-dlp | ffmpeg} once. Encoding while the sound arrives takes only as long as the slower of the two.
 */
final class Pipeline {

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /**
     * How far the length of the file may be from the announced one without a line in the log. The announced length is in whole
     * seconds and that of the picture track. For a long video one percent is allowed.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /**
     * How much longer than announced the sound may be: while YouTube processes a video that its editor has cut, it announces the new
     * length and still has the old sound.
     */
    private static final Duration MAX_EXCESS = Duration.ofMinutes(10);

    /** How long the picture may delay the sound; it usually takes a tenth of a second. */
    private static final Duration PICTURE_TIMEOUT = Duration.ofSeconds(10);

    /** The maximum total size, in bytes, of yt-dlp's temporary files: it downloads in chunks of 10 MB, one at a time. */
    private static final long MAX_OTHER_FILES = 64 << 20;

    private final WorkerSettings settings;
    private final Cookies cookies;
    private final Listener listener;
    private final Path folder;
    private final Path sound;
    private final boolean picture;
    private final OutputTail output = new OutputTail();
    private final YtDlpOutput fetched = new YtDlpOutput(output);
    private final long started = System.nanoTime();

    private volatile long lastActivity = System.nanoTime();
    private volatile long encodedMicros;
    private boolean found;

    /**
     * @param folder the folder that both write into
     * @param sound the file in it that ffmpeg writes
     * @param picture whether yt-dlp fetches the picture before the sound
     */
    Pipeline(WorkerSettings settings, Cookies cookies, Listener listener, Path folder, Path sound, boolean picture) {
        this.settings = settings;
        this.cookies = cookies;
        this.listener = listener;
        this.folder = folder;
        this.sound = sound;
        this.picture = picture;
    }

    /** The longest sound that counts as having this length. */
    static Duration longest(Duration announced) {
        return announced.plus(tolerance(announced));
    }

    /**
     * Runs both commands to their end and checks the result.
     *
     * @param maxBytes the maximum size, in bytes, of a file of a given length
     * @return the metadata of the video
     * @throws PictureException when the picture delays the sound too long
     * @throws ExtractionException when the tools fail, stall, or do not get or produce the whole sound
     * @throws InterruptedException when the thread is interrupted; both commands have been ended
     */
    Metadata run(ProcessBuilder fetch, ProcessBuilder encode, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException, InterruptedException {
        Process fetching;
        Process encoding;
        try (ProcessTree tree = new ProcessTree()) {
            List<Process> processes = tree.start(fetch, encode);
            fetching = processes.get(0);
            encoding = processes.get(1);
            LineReader fetchLines = new LineReader("yt-dlp", fetching.getErrorStream(), this::onFetchLine);
            LineReader encodeLines = new LineReader("ffmpeg", encoding.getErrorStream(), this::onEncodeLine);
            await(fetching, encoding, maxBytes);
            fetchLines.await();
            encodeLines.await();
        }
        // the last lines may have arrived after the processes had ended
        reportTrack();
        reportProgress();
        cookies.used(output.text(), fetching.exitValue() == 0);
        return check(fetching.exitValue(), encoding.exitValue());
    }

    private void onFetchLine(String line) {
        lastActivity = System.nanoTime();
        fetched.add(line);
    }

    private void onEncodeLine(String line) {
        if (line.startsWith(Ffmpeg.OUT_TIME)) {
            long micros = YtDlpOutput.number(line.substring(Ffmpeg.OUT_TIME.length()));
            // ffmpeg repeats the line twice a second, even when it makes no progress
            if (micros > encodedMicros) {
                encodedMicros = micros;
                lastActivity = System.nanoTime();
            }
        } else if (!Ffmpeg.PROGRESS.matcher(line).matches()) {
            output.add(line);
        }
    }

    private void await(Process fetching, Process encoding, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException, InterruptedException {
        long named = 0;
        while (fetching.isAlive() || encoding.isAlive()) {
            (encoding.isAlive() ? encoding : fetching).waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            Metadata known = fetched.metadata();
            reportTrack();
            reportProgress();
            checkSizes(known, maxBytes);
            if (picture && known != null && !fetched.hasSoundBegun()) {
                named = named == 0 ? System.nanoTime() : named;
                checkPicture(since(named));
            }
            if (since(lastActivity).compareTo(settings.stallTimeout()) > 0) {
                throw new ExtractionException(
                        FailureKind.TIME_LIMIT, "stalled for " + settings.stallTimeout() + ": " + output.tail());
            }
            if (since(started).compareTo(limit(known)) > 0) {
                throw new ExtractionException(
                        FailureKind.TIME_LIMIT, "timed out after " + limit(known) + ": " + output.tail());
            }
        }
    }

    /**
     * Keeps an endless stream from filling the disk. The encoded time is not enough: it does not advance in some streams, and
     * yt-dlp's temporary files are in the same folder.
     */
    private void checkSizes(@Nullable Metadata known, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException {
        Duration length = longestSound(known == null ? null : known.duration());
        long bytes = size(file -> file.equals(sound));
        long others = size(file -> !file.equals(sound) && !YtDlp.isPicture(file));
        if (encoded().compareTo(longest(length)) > 0
                || bytes > maxBytes.applyAsLong(length)
                || others > MAX_OTHER_FILES
                || fetched.isExcessive()) {
            throw new ExtractionException(
                    length.equals(settings.longestVideo()) ? tooLong() : new Diagnosis(FailureKind.CONVERSION),
                    "the sound goes on after " + length + ": " + encoded() + " in " + bytes + " bytes, "
                            + fetched.bytes() + ", and " + others + " bytes in other files: " + output.tail());
        }
    }

    private Duration longestSound(@Nullable Duration announced) {
        Duration longest = settings.longestVideo();
        Duration excess = announced == null ? longest : announced.plus(MAX_EXCESS);
        return excess.compareTo(longest) < 0 ? excess : longest;
    }

    private Diagnosis tooLong() {
        return new Diagnosis(
                FailureKind.TOO_LONG, List.of(settings.longestVideo().toString()));
    }

    private void checkPicture(Duration waited) throws IOException, PictureException {
        long bytes = size(YtDlp::isPicture);
        if (waited.compareTo(PICTURE_TIMEOUT) > 0 || bytes > Ffmpeg.MAX_PICTURE_BYTES) {
            throw new PictureException("no sound after " + waited + " and a picture of " + bytes + " bytes");
        }
    }

    /** The total size of the matching files, in bytes. A file that vanishes meanwhile counts as empty. */
    private long size(Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private Duration encoded() {
        return Duration.ofNanos(encodedMicros * 1000);
    }

    private void reportTrack() {
        Metadata known = fetched.metadata();
        if (known != null && !found) {
            found = true;
            listener.found(known.track());
        }
    }

    private Duration limit(@Nullable Metadata known) {
        Duration length = known == null ? null : known.duration();
        return length == null ? settings.timeout() : settings.timeout().plus(length.multipliedBy(2));
    }

    private void reportProgress() {
        Metadata known = fetched.metadata();
        Duration length = known == null ? null : known.duration();
        if (encodedMicros == 0 || length == null || length.isZero()) {
            return;
        }
        double part = Math.min(1, encodedMicros / 1000.0 / length.toMillis());
        long spent = since(started).toMillis();
        Duration eta = Duration.ofMillis((long) (spent / part - spent));
        listener.progress(new Progress(Stage.CONVERTING, (int) (part * 100), eta));
    }

    private Metadata check(int fetchExit, int encodeExit) throws ExtractionException {
        Metadata known = fetched.metadata();
        String exits = "yt-dlp exited with " + fetchExit + ", ffmpeg with " + encodeExit + ": " + output.tail();
        if (fetchExit == YtDlp.STOPPED_BY_FILTER && known != null) {
            throw new ExtractionException(filtered(known), exits);
        }
        if (fetchExit == YtDlp.USAGE || cannotRun(fetchExit) || cannotRun(encodeExit)) {
            throw new ExtractionException(FailureKind.MISCONFIGURED, exits);
        }
        if (fetchExit != 0 || encodeExit != 0) {
            throw new ExtractionException(Diagnosis.of(output.text()), exits);
        }
        if (known == null) {
            throw new ExtractionException(FailureKind.NO_FORMATS, "yt-dlp printed no metadata; " + exits);
        }
        if (fetched.isIncomplete()) {
            throw new ExtractionException(FailureKind.BROKEN_DOWNLOAD, fetched.bytes() + "; " + exits);
        }
        Duration made = encoded();
        if (made.isZero()) {
            throw new ExtractionException(FailureKind.CONVERSION, "there is no sound in the file; " + exits);
        }
        Duration limit = settings.longestVideo();
        if (made.compareTo(known.duration() == null ? limit : longest(limit)) > 0) {
            // ffmpeg may have stopped at its own limit and truncated the file
            throw new ExtractionException(tooLong(), "the file is " + made + " long; " + exits);
        }
        if (known.duration() != null && differ(made, known.duration())) {
            log.info("The sound is {} long, not {} as announced, but complete", made, known.duration());
        }
        return known;
    }

    /** Whether the exit code is a shell's for a command that is not executable (126) or not found (127). */
    private static boolean cannotRun(int exit) {
        return exit == 126 || exit == 127;
    }

    /** The reason for which {@link YtDlp}'s filter stopped the download. */
    private Diagnosis filtered(Metadata known) {
        if (known.liveStatus().equals("is_live")) {
            return new Diagnosis(FailureKind.LIVE_NOW);
        }
        if (known.liveStatus().equals("is_upcoming")) {
            return new Diagnosis(FailureKind.NOT_STARTED);
        }
        if (known.duration() != null && known.duration().compareTo(settings.longestVideo()) > 0) {
            return tooLong();
        }
        // the only format left has no sound: the video has none, or yt-dlp has warned that it cannot use the others
        Diagnosis missing = Diagnosis.of(output.text());
        return missing.kind().mayBeYouTubeChange() ? missing : new Diagnosis(FailureKind.NO_SOUND);
    }

    private static boolean differ(Duration made, Duration announced) {
        return made.minus(announced).abs().compareTo(tolerance(announced)) > 0;
    }

    private static Duration tolerance(Duration announced) {
        Duration onePercent = announced.dividedBy(100);
        return onePercent.compareTo(TOLERANCE) < 0 ? TOLERANCE : onePercent;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
