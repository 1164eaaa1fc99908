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
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.process.LineReader;
import youtubemp3.worker.process.OutputTail;
import youtubemp3.worker.process.ProcessTree;

/**
 * One run of {@code yt-dlp | ffmpeg}: the sound is encoded while it is still arriving, so that the time of the slower of
 * the two is all that it takes.
 */
final class Pipeline {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /**
     * How far the MP3's length may be from what YouTube says, which is in whole seconds and of the picture's length; of a long
     * video it is one percent.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /** How long the picture may keep the sound waiting; an ordinary one takes a tenth of a second. */
    private static final Duration PICTURE_TIMEOUT = Duration.ofSeconds(10);

    /** In bytes, what may lie beside the MP3 and the picture: yt-dlp asks for pieces of 10 MB and writes one at a time. */
    private static final long MAX_OTHER_FILES = 64 << 20;

    private final WorkerSettings settings;
    private final Listener listener;
    private final Path folder;
    private final Path sound;
    private final boolean picture;
    private final OutputTail said = new OutputTail();
    private final long started = System.nanoTime();

    private volatile @Nullable Metadata metadata;
    private volatile long lastSign = System.nanoTime();
    private volatile long encodedMicros;
    private volatile boolean soundBegins;
    private boolean found;

    /**
     * @param folder the folder that both write into
     * @param sound the file in it that ffmpeg writes
     * @param picture whether a picture is fetched before the sound, and may be given up
     */
    Pipeline(WorkerSettings settings, Listener listener, Path folder, Path sound, boolean picture) {
        this.settings = settings;
        this.listener = listener;
        this.folder = folder;
        this.sound = sound;
        this.picture = picture;
    }

    /** The longest that sound of this announced length may be. */
    static Duration longest(Duration announced) {
        return announced.plus(tolerance(announced));
    }

    /**
     * Runs the two to their end.
     *
     * @param maxBytes how many bytes an MP3 of a length has at the most
     * @return what YouTube says of the video
     * @throws PictureException when the picture keeps the sound waiting
     */
    Metadata run(ProcessBuilder fetch, ProcessBuilder encode, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException, InterruptedException {
        Process fetching;
        Process encoding;
        try (ProcessTree tree = new ProcessTree()) {
            List<Process> processes = tree.start(fetch, encode);
            fetching = processes.get(0);
            encoding = processes.get(1);
            LineReader fetchLines = new LineReader("yt-dlp", fetching.getErrorStream(), this::hearFetching);
            LineReader encodeLines = new LineReader("ffmpeg", encoding.getErrorStream(), this::hearEncoding);
            await(fetching, encoding, maxBytes);
            fetchLines.await();
            encodeLines.await();
        }
        // the last lines may have been read after the processes had ended
        tellTrack();
        tell();
        return check(fetching.exitValue(), encoding.exitValue());
    }

    private void hearFetching(String line) {
        lastSign = System.nanoTime();
        if (line.startsWith(YtDlp.META)) {
            metadata = Metadata.parse(line.substring(YtDlp.META.length())).orElse(null);
        } else if (line.startsWith(YtDlp.SOUND)) {
            soundBegins = true;
        } else if (!line.startsWith(YtDlp.PROGRESS)) {
            said.add(line);
        }
    }

    private void hearEncoding(String line) {
        if (line.startsWith(Ffmpeg.OUT_TIME)) {
            long micros = parse(line.substring(Ffmpeg.OUT_TIME.length()));
            // it repeats itself twice a second, even when nothing moves
            if (micros > encodedMicros) {
                encodedMicros = micros;
                lastSign = System.nanoTime();
            }
        } else if (!Ffmpeg.PROGRESS.matcher(line).matches()) {
            said.add(line);
        }
    }

    /** Older versions of ffmpeg say {@code N/A} before the first frame. */
    private static long parse(String number) {
        try {
            return Long.parseLong(number.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void await(Process fetching, Process encoding, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException, InterruptedException {
        long named = 0;
        while (fetching.isAlive() || encoding.isAlive()) {
            (encoding.isAlive() ? encoding : fetching).waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            Metadata known = metadata;
            tellTrack();
            tell();
            checkSizes(known, maxBytes);
            if (picture && known != null && !soundBegins) {
                named = named == 0 ? System.nanoTime() : named;
                checkPicture(since(named));
            }
            if (since(lastSign).compareTo(settings.stallTimeout()) > 0) {
                throw new ExtractionException(
                        FailureKind.TIME_LIMIT, "nothing moved for " + settings.stallTimeout() + ": " + said.tail());
            }
            if (since(started).compareTo(limit(known)) > 0) {
                throw new ExtractionException(FailureKind.TIME_LIMIT, "it took " + limit(known) + ": " + said.tail());
            }
        }
    }

    /**
     * A sender that never stops would fill the disk. The encoded time alone does not tell, since it stands still in some streams,
     * and yt-dlp keeps pieces of the sound in the folder too.
     */
    private void checkSizes(@Nullable Metadata known, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException {
        Duration announced = known == null ? null : known.duration();
        Duration length = announced == null ? settings.longestVideo() : announced;
        long bytes = size(file -> file.equals(sound));
        long others = size(file -> !file.equals(sound) && !YtDlp.isPicture(file));
        if (encoded().compareTo(longest(length)) > 0
                || bytes > maxBytes.applyAsLong(length)
                || others > MAX_OTHER_FILES) {
            throw new ExtractionException(
                    announced == null ? FailureKind.TOO_LONG : FailureKind.CONVERSION,
                    "the sound goes on after " + length + ": " + encoded() + " in " + bytes + " bytes, and " + others
                            + " bytes in other files: " + said.tail());
        }
    }

    private void checkPicture(Duration waited) throws IOException, PictureException {
        long bytes = size(YtDlp::isPicture);
        if (waited.compareTo(PICTURE_TIMEOUT) > 0 || bytes > Ffmpeg.MAX_PICTURE) {
            throw new PictureException("no sound after " + waited + " and a picture of " + bytes + " bytes");
        }
    }

    /** Of those files in the folder; one may go at any moment. */
    private long size(Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private Duration encoded() {
        return Duration.ofNanos(encodedMicros * 1000);
    }

    private void tellTrack() {
        Metadata known = metadata;
        if (known != null && !found) {
            found = true;
            listener.found(known.track());
        }
    }

    private Duration limit(@Nullable Metadata known) {
        Duration length = known == null ? null : known.duration();
        return length == null ? settings.timeout() : settings.timeout().plus(length.multipliedBy(2));
    }

    private void tell() {
        Metadata known = metadata;
        Duration length = known == null ? null : known.duration();
        if (encodedMicros == 0 || length == null || length.isZero()) {
            return;
        }
        double part = Math.min(1, encodedMicros / 1000.0 / length.toMillis());
        long spent = since(started).toMillis();
        Duration eta = Duration.ofMillis((long) (spent / part - spent));
        listener.progress(new Progress(Stage.CONVERTING, (int) (part * 100), eta));
    }

    private Metadata check(int fetched, int encoded) throws ExtractionException {
        Metadata known = metadata;
        String exits = "yt-dlp exited with " + fetched + ", ffmpeg with " + encoded + ": " + said.tail();
        if (fetched == YtDlp.STOPPED_BY_FILTER && known != null) {
            throw new ExtractionException(filtered(known), exits);
        }
        if (fetched == YtDlp.USAGE || cannotRun(fetched) || cannotRun(encoded)) {
            throw new ExtractionException(FailureKind.MISCONFIGURED, exits);
        }
        if (fetched != 0 || encoded != 0) {
            throw new ExtractionException(FailureKind.of(said.text()).orElse(FailureKind.CONVERSION), exits);
        }
        if (known == null) {
            throw new ExtractionException(FailureKind.NO_FORMATS, "yt-dlp named no details; " + exits);
        }
        Duration made = encoded();
        if (known.duration() == null && made.compareTo(settings.longestVideo()) > 0) {
            // ffmpeg may have been stopped there by its own limit, with a file that is cut
            throw new ExtractionException(FailureKind.TOO_LONG, "the MP3 has " + made + "; " + exits);
        }
        if (made.isZero() || (known.duration() != null && differ(made, known.duration()))) {
            throw new ExtractionException(
                    FailureKind.CONVERSION, "the MP3 has " + made + " of " + known.duration() + "; " + exits);
        }
        return known;
    }

    /** As a shell says it: there is no such executable, or it is none. */
    private static boolean cannotRun(int exit) {
        return exit == 126 || exit == 127;
    }

    private static FailureKind filtered(Metadata known) {
        return switch (known.liveStatus()) {
            case "is_live" -> FailureKind.LIVE_NOW;
            case "is_upcoming" -> FailureKind.NOT_STARTED;
            default -> FailureKind.TOO_LONG;
        };
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
