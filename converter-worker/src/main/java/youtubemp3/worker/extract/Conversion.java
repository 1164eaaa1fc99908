package youtubemp3.worker.extract;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Progress;
import youtubemp3.jobs.Stage;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.system.WorkerSettings;

/**
 * One run of {@code yt-dlp | ffmpeg}: the sound is encoded while it is still arriving, so that the time of the slower of
 * the two is all that it takes.
 */
final class Conversion {

    private static final Duration LOOK = Duration.ofMillis(100);

    /**
     * How far the MP3's length may be from what YouTube says, which is in whole seconds and of the picture's length; of a long
     * video it is one percent.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final WorkerSettings settings;
    private final Listener listener;
    private final Said said = new Said();
    private final long started = System.nanoTime();

    private volatile @Nullable Metadata metadata;
    private volatile long lastSign = System.nanoTime();
    private volatile long encodedMicros;
    private boolean found;

    Conversion(WorkerSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Runs the two to their end.
     *
     * @return what YouTube says of the video
     */
    Metadata run(ProcessBuilder fetch, ProcessBuilder encode)
            throws IOException, ExtractionException, InterruptedException {
        Process fetching;
        Process encoding;
        try (ProcessTree tree = new ProcessTree()) {
            List<Process> processes = tree.start(fetch, encode);
            fetching = processes.get(0);
            encoding = processes.get(1);
            Lines fetchLines = new Lines("yt-dlp", fetching.getErrorStream(), this::hearFetching);
            Lines encodeLines = new Lines("ffmpeg", encoding.getErrorStream(), this::hearEncoding);
            await(fetching, encoding);
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

    private void await(Process fetching, Process encoding) throws ExtractionException, InterruptedException {
        while (fetching.isAlive() || encoding.isAlive()) {
            (encoding.isAlive() ? encoding : fetching).waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            Metadata known = metadata;
            tellTrack();
            tell();
            if (since(lastSign).compareTo(settings.silenceLimit()) > 0) {
                throw new ExtractionException(
                        FailureKind.TIME_LIMIT, "nothing moved for " + settings.silenceLimit() + ": " + said.tail());
            }
            if (since(started).compareTo(limit(known)) > 0) {
                throw new ExtractionException(FailureKind.TIME_LIMIT, "it took " + limit(known) + ": " + said.tail());
            }
        }
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
        return length == null ? settings.timeLimit() : settings.timeLimit().plus(length.multipliedBy(2));
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
        Duration made = Duration.ofNanos(encodedMicros * 1000);
        if (made.isZero() || known.duration() != null && differ(made, known.duration())) {
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
        Duration tolerance = announced.dividedBy(100);
        if (tolerance.compareTo(TOLERANCE) < 0) {
            tolerance = TOLERANCE;
        }
        return made.minus(announced).abs().compareTo(tolerance) > 0;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
