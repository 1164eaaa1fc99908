package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.failure.FailureKind;

/** Extracts the sound with {@code yt-dlp | ffmpeg}, then writes the tags before it. */
@Component
class YtDlpAudioExtractor implements AudioExtractor {

    private static final Logger log = LoggerFactory.getLogger(YtDlpAudioExtractor.class);

    private final YtDlp ytDlp;
    private final Ffmpeg ffmpeg;
    private final Cookies cookies;
    private final WorkerSettings settings;

    YtDlpAudioExtractor(YtDlp ytDlp, Ffmpeg ffmpeg, Cookies cookies, WorkerSettings settings) {
        this.ytDlp = ytDlp;
        this.ffmpeg = ffmpeg;
        this.cookies = cookies;
        this.settings = settings;
    }

    @Override
    public Path extract(VideoId video, OutputOptions output, Path folder, Listener listener)
            throws ExtractionException, InterruptedException {
        try {
            AudioFormat format = output.format();
            Metadata metadata = convert(video, format, folder, listener);
            byte[] tag =
                    switch (format) {
                        case MP3 -> Id3Tag.of(metadata, video, ffmpeg.cover(folder));
                    };
            return join(tag, sound(folder, format), folder.resolve("tagged." + format.extension()));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while writing the file");
        } catch (IOException e) {
            throw new ExtractionException(
                    FailureKind.of(String.valueOf(e.getMessage())).orElse(FailureKind.STORAGE_FAILED), e.toString());
        }
    }

    private static Path sound(Path folder, AudioFormat format) {
        return folder.resolve("sound." + format.extension());
    }

    private Metadata convert(VideoId video, AudioFormat format, Path folder, Listener listener)
            throws IOException, ExtractionException, InterruptedException {
        try {
            return convert(video, format, folder, listener, true);
        } catch (PictureException e) {
            log.info("The file gets no cover: {}", e.getMessage());
            Optional<Path> picture = YtDlp.picture(folder);
            if (picture.isPresent()) {
                Files.delete(picture.get());
            }
            return convert(video, format, folder, listener, false);
        }
    }

    private Metadata convert(VideoId video, AudioFormat format, Path folder, Listener listener, boolean picture)
            throws IOException, ExtractionException, InterruptedException {
        Path sound = sound(folder, format);
        return new Pipeline(settings, cookies, listener, folder, sound, picture)
                .run(
                        ytDlp.fetch(video, folder, picture),
                        ffmpeg.encode(sound, format),
                        length -> ffmpeg.maxBytes(length, format));
    }

    /** Concatenates tag and sound, and forces the file to disk: after a power cut, a finished job must have its whole file. */
    private static Path join(byte[] tag, Path sound, Path joined) throws IOException {
        try (FileChannel from = FileChannel.open(sound);
                FileChannel to = FileChannel.open(joined, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(tag);
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            for (long done = 0; done < from.size(); ) {
                done += from.transferTo(done, from.size() - done, to);
            }
            to.force(true);
        }
        Files.delete(sound);
        return joined;
    }
}
