package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.OutputOptions;
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

    /** How long the picture may delay the sound; it usually takes a tenth of a second. */
    private static final Duration PICTURE_TIMEOUT = Duration.ofSeconds(10);

    /** The maximum total size, in bytes, of yt-dlp's temporary files: it downloads in chunks of 10 MB, one at a time. */
    private static final long MAX_OTHER_FILES = 64 << 20;

    private final WorkerSettings settings;
    private final Cookies cookies;
    private final Listener listener;
    private final DoubleConsumer progress;
    private final OutputOptions options;
    private final LengthLimits limits;
    private final Path sound;
    private final boolean picture;
    private final OutputTail output = new OutputTail();
    private final YtDlpOutput fetched = new YtDlpOutput(output);
    private final FfmpegOutput encoded = new FfmpegOutput(output);
    private final long started = System.nanoTime();

    private volatile long lastFetchLine = System.nanoTime();
    private boolean found;

    /**
     * @param listener is told title and artist
     * @param progress receives how much is done, from 0 to 1
     * @param options what is made of the video
     * @param limits how long the sound may be that ffmpeg writes
     * @param sound the file that ffmpeg writes, in the folder that both write into
     * @param picture whether yt-dlp fetches the picture before the sound
     */
    Pipeline(
            WorkerSettings settings,
            Cookies cookies,
            Listener listener,
            DoubleConsumer progress,
            OutputOptions options,
            LengthLimits limits,
            Path sound,
            boolean picture) {
        this.settings = settings;
        this.cookies = cookies;
        this.listener = listener;
        this.progress = progress;
        this.options = options;
        this.limits = limits;
        this.sound = sound;
        this.picture = picture;
    }

    /**
     * Runs both commands to their end and checks the result. Where only a part of the video is kept, yt-dlp is ended once ffmpeg has
     * that part.
     *
     * @param maxBytes the maximum size, in bytes, of a file of a given length
     * @return what was made
     * @throws PictureException when the picture delays the sound too long
     * @throws ExtractionException when the video has not what the options ask for, or the tools fail, stall, or do not get or
     *     produce the whole sound
     * @throws InterruptedException when the thread is interrupted; both commands have been ended
     */
    Sound run(ProcessBuilder fetch, ProcessBuilder encode, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException, InterruptedException {
        Process fetching;
        Process encoding;
        try (ProcessTree tree = new ProcessTree()) {
            List<Process> processes = tree.start(fetch, encode);
            fetching = processes.get(0);
            encoding = processes.get(1);
            LineReader fetchLines = new LineReader("yt-dlp", fetching.getErrorStream(), this::onFetchLine);
            LineReader encodeLines = new LineReader("ffmpeg", encoding.getErrorStream(), encoded::add);
            await(fetching, encoding, maxBytes);
            encodeLines.await();
            if (hasEnough(encoding)) {
                tree.close();
            }
            fetchLines.await();
        }
        // the last lines may have arrived after the processes had ended
        reportTrack();
        reportProgress();
        boolean enough = hasEnough(encoding);
        cookies.used(output.text(), enough || fetching.exitValue() == 0);
        return enough
                ? checkSound("ffmpeg has ended before yt-dlp")
                : check(fetching.exitValue(), encoding.exitValue());
    }

    private void onFetchLine(String line) {
        lastFetchLine = System.nanoTime();
        fetched.add(line);
    }

    /** Whether ffmpeg has ended well at the end of the part that is kept. It reads no more, so that yt-dlp may fail. */
    private boolean hasEnough(Process encoding) {
        return !encoding.isAlive() && encoding.exitValue() == 0 && limits.isEndReached(encoded.written());
    }

    private void await(Process fetching, Process encoding, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException, InterruptedException {
        long named = 0;
        while ((fetching.isAlive() || encoding.isAlive()) && !hasEnough(encoding)) {
            (encoding.isAlive() ? encoding : fetching).waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            Metadata known = fetched.metadata();
            reportTrack();
            reportProgress();
            checkSizes(known, maxBytes);
            if (known != null && fetched.hasSoundBegun()) {
                OptionsCheck.check(options, known);
            } else if (picture && known != null) {
                named = named == 0 ? System.nanoTime() : named;
                checkPicture(since(named));
            }
            if (since(Math.max(lastFetchLine, encoded.lastAdvance())).compareTo(settings.stallTimeout()) > 0) {
                throw new ExtractionException(
                        FailureKind.TIME_LIMIT, "stalled for " + settings.stallTimeout() + ": " + output.tail());
            }
            Duration limit = settings.timeLimit(known == null ? null : known.duration());
            if (since(started).compareTo(limit) > 0) {
                throw new ExtractionException(
                        FailureKind.TIME_LIMIT, "timed out after " + limit + ": " + output.tail());
            }
        }
    }

    /**
     * Keeps an endless stream from filling the disk. The encoded time is not enough: it does not advance in some streams, and
     * yt-dlp's temporary files are in the same folder.
     */
    private void checkSizes(@Nullable Metadata known, ToLongFunction<Duration> maxBytes)
            throws IOException, ExtractionException {
        Duration announced = known == null ? null : known.duration();
        Duration end = limits.end(announced);
        long bytes = size(file -> file.equals(sound));
        long others = size(file -> !file.equals(sound) && !YtDlp.isPicture(file));
        if (encoded.written().compareTo(LengthLimits.longest(end)) > 0
                || bytes > maxBytes.applyAsLong(end)
                || others > MAX_OTHER_FILES
                || fetched.isExcessive()) {
            throw new ExtractionException(
                    limits.isLongestVideo(announced) ? tooLong() : new Diagnosis(FailureKind.CONVERSION),
                    "the sound goes on after " + end + ": " + encoded.written() + " in " + bytes + " bytes, "
                            + fetched.bytes() + ", and " + others + " bytes in other files: " + output.tail());
        }
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
        try (Stream<Path> files = Files.list(sound.getParent())) {
            return files.filter(which).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private void reportTrack() {
        Metadata known = fetched.metadata();
        if (known != null && !found) {
            found = true;
            listener.found(known.track());
        }
    }

    private void reportProgress() {
        Metadata known = fetched.metadata();
        if (known != null && known.duration() != null) {
            progress.accept(limits.progress(encoded.written(), fetched.downloaded(), known.duration()));
        }
    }

    private Sound check(int fetchExit, int encodeExit) throws ExtractionException {
        Metadata known = fetched.metadata();
        String exits = "yt-dlp exited with " + fetchExit + ", ffmpeg with " + encodeExit + ": " + output.tail();
        if (fetchExit == YtDlp.STOPPED_BY_FILTER && known != null) {
            throw new ExtractionException(filtered(known), exits);
        }
        if (fetchExit == YtDlp.USAGE || ProcessTree.cannotRun(fetchExit) || ProcessTree.cannotRun(encodeExit)) {
            throw new ExtractionException(FailureKind.MISCONFIGURED, exits);
        }
        if (known != null && fetched.hasSoundBegun()) {
            OptionsCheck.check(options, known);
        }
        if (fetchExit != 0 || encodeExit != 0) {
            throw new ExtractionException(Diagnosis.of(output.text()), exits);
        }
        if (fetched.isIncomplete()) {
            throw new ExtractionException(FailureKind.BROKEN_DOWNLOAD, fetched.bytes() + "; " + exits);
        }
        return checkSound(exits);
    }

    private Sound checkSound(String exits) throws ExtractionException {
        Metadata known = fetched.metadata();
        if (known == null) {
            throw new ExtractionException(FailureKind.NO_FORMATS, "yt-dlp printed no metadata; " + exits);
        }
        OptionsCheck.check(options, known);
        Duration made = encoded.written();
        if (made.isZero()) {
            throw new ExtractionException(FailureKind.CONVERSION, "there is no sound in the file; " + exits);
        }
        if (limits.isTooLong(made, known.duration())) {
            throw new ExtractionException(tooLong(), "the file is " + made + " long; " + exits);
        }
        if (known.duration() != null && limits.differ(made, known.duration())) {
            log.info("The sound is {} long, and the video {} as announced, but it is complete", made, known.duration());
        }
        return new Sound(known, sound, made);
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
        // no format is left that has the sound: the video has none, or yt-dlp has warned that it cannot use the others
        Diagnosis missing = Diagnosis.of(output.text());
        if (missing.kind().mayBeYouTubeChange()) {
            return missing;
        }
        return options.format() == AudioFormat.MP3 || !fetched.hasSound()
                ? new Diagnosis(FailureKind.NO_SOUND)
                : new Diagnosis(
                        FailureKind.FORMAT_MISSING, List.of(options.format().name()));
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
