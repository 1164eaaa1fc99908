package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Chapters;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Trim;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.failure.FailureKind;

/** Extracts the sound with {@code yt-dlp | ffmpeg}, changes its loudness if asked for, and adds the tags. */
@Component
class YtDlpAudioExtractor implements AudioExtractor {

    private static final Logger log = LoggerFactory.getLogger(YtDlpAudioExtractor.class);

    /** The part of the work that is done when sound of another loudness is fetched. Measuring and encoding take as long. */
    private static final double FETCHED = 0.5;

    private final YtDlp ytDlp;
    private final Ffmpeg ffmpeg;
    private final Loudness loudness;
    private final TaggedFile taggedFile;
    private final ChapterArchive archive;
    private final Cookies cookies;
    private final WorkerSettings settings;

    YtDlpAudioExtractor(
            YtDlp ytDlp,
            Ffmpeg ffmpeg,
            Loudness loudness,
            TaggedFile taggedFile,
            ChapterArchive archive,
            Cookies cookies,
            WorkerSettings settings) {
        this.ytDlp = ytDlp;
        this.ffmpeg = ffmpeg;
        this.loudness = loudness;
        this.taggedFile = taggedFile;
        this.archive = archive;
        this.cookies = cookies;
        this.settings = settings;
    }

    @Override
    public ExtractedAudio extract(VideoId video, OutputOptions output, Path folder, Listener listener)
            throws ExtractionException, InterruptedException {
        try {
            Sound sound = sound(video, output, folder, listener).in(output.albumTrack());
            Metadata metadata = sound.video();
            return new ExtractedAudio(
                    finish(video, output, folder, sound),
                    metadata.track(),
                    metadata.release().album(),
                    metadata.release().trackNumber(),
                    metadata.release().year());
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while writing the file");
        } catch (IOException e) {
            throw new ExtractionException(
                    FailureKind.of(String.valueOf(e.getMessage())).orElse(FailureKind.STORAGE_FAILED), e.toString());
        }
    }

    private Sound sound(VideoId video, OutputOptions output, Path folder, Listener listener)
            throws IOException, ExtractionException, InterruptedException {
        ProgressMeter meter = new ProgressMeter(listener);
        Path file = folder.resolve("sound." + output.format().extension());
        if (!output.normalize()) {
            LengthLimits limits = new LengthLimits(settings.longestVideo(), output.trim());
            return download(
                    folder,
                    picture -> new Pipeline(settings, cookies, listener, meter::report, output, limits, file, picture)
                            .run(
                                    ytDlp.fetch(video, output, folder, picture),
                                    ffmpeg.encode(file, output),
                                    length -> ffmpeg.maxBytes(length, output)));
        }
        // the loudness of the whole must be known before the first sample is encoded
        Path fetched = folder.resolve("fetched.mka");
        Duration to = output.trim().to();
        LengthLimits limits = new LengthLimits(settings.longestVideo(), new Trim(Duration.ZERO, to));
        DoubleConsumer progress = part -> meter.report(part * FETCHED);
        Sound whole = download(
                folder,
                picture -> new Pipeline(settings, cookies, listener, progress, output, limits, fetched, picture)
                        .run(
                                ytDlp.fetch(video, output, folder, picture),
                                ffmpeg.copy(fetched, to),
                                length -> Ffmpeg.maxBytes(length, MAX_BITRATE)));
        Duration length = loudness.normalize(
                fetched,
                file,
                output,
                output.trim().of(whole.length()),
                part -> meter.report(FETCHED + part * (1 - FETCHED)));
        Files.delete(fetched);
        return new Sound(whole.video(), file, length);
    }

    private Sound download(Path folder, Download download)
            throws IOException, ExtractionException, InterruptedException {
        try {
            return download.run(true);
        } catch (PictureException e) {
            log.info("The file gets no cover: {}", e.getMessage());
            Optional<Path> picture = YtDlp.picture(folder);
            if (picture.isPresent()) {
                Files.delete(picture.get());
            }
            return download.run(false);
        }
    }

    private Path finish(VideoId video, OutputOptions output, Path folder, Sound sound)
            throws IOException, ExtractionException, InterruptedException {
        List<Chapter> chapters = output.chapters() == Chapters.NONE
                ? List.of()
                : Chapter.within(sound.video().chapters(), output.trim(), sound.length());
        if (output.chapters() != Chapters.NONE && chapters.isEmpty()) {
            throw new ExtractionException(
                    FailureKind.NO_CHAPTERS, "there are none in the " + sound.length() + " of sound");
        }
        Tags tags = Tags.of(sound.video(), video, ffmpeg.cover(folder, output.cover()), chapters);
        Path file = folder.resolve("tagged." + output.extension());
        if (output.chapters() == Chapters.SPLIT) {
            archive.write(sound, output.format(), tags, chapters, file);
        } else {
            taggedFile.write(sound.file(), output.format(), tags, sound.length(), file);
        }
        return file;
    }

    /** Fetches the sound with or without the picture. */
    private interface Download {
        Sound run(boolean picture) throws IOException, ExtractionException, InterruptedException;
    }
}
