package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.system.WorkerSettings;

/** {@code yt-dlp | ffmpeg}, then the tags in front of what they made. */
@Component
class YtDlpAudioExtractor implements AudioExtractor {

    private final YtDlp ytDlp;
    private final Ffmpeg ffmpeg;
    private final WorkerSettings settings;

    YtDlpAudioExtractor(YtDlp ytDlp, Ffmpeg ffmpeg, WorkerSettings settings) {
        this.ytDlp = ytDlp;
        this.ffmpeg = ffmpeg;
        this.settings = settings;
    }

    @Override
    public Path extract(VideoId video, Path folder, Listener listener)
            throws ExtractionException, InterruptedException {
        try {
            Path sound = folder.resolve("sound.mp3");
            Metadata metadata =
                    new Conversion(settings, listener).run(ytDlp.fetch(video, folder), ffmpeg.encode(sound));
            byte[] tag = Id3Tag.of(metadata.track(), ffmpeg.cover(folder));
            return join(tag, sound, folder.resolve("tagged.mp3"));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("while the file was written");
        } catch (IOException e) {
            throw new ExtractionException(
                    FailureKind.of(String.valueOf(e.getMessage())).orElse(FailureKind.STORAGE_FAILED), e.toString());
        }
    }

    /** On disk before anybody is told of it: a power cut must not leave a finished job with half a file. */
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
