package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.jobs.Progress;
import youtubemp3.jobs.Track;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.system.WorkerSettings;

/** A video whose length YouTube does not name, as processes in place of yt-dlp and ffmpeg tell it. */
@Timeout(30)
class ConversionTest {

    @TempDir
    private Path folder;

    @Test
    void upToTheLongestVideoItIsWhole() throws Exception {
        assertThat(convert(Duration.ofHours(3)).duration()).isNull();
    }

    /** ffmpeg ends well at its own limit, a little behind the longest video, and so may yt-dlp. */
    @Test
    void beyondItMayBeCutAndIsNotPublished() {
        assertThatThrownBy(() -> convert(Duration.ofHours(3).plusSeconds(60)))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TOO_LONG));
    }

    private Metadata convert(Duration encoded) throws IOException, ExtractionException, InterruptedException {
        WorkerSettings settings = RealTools.settings(folder, "yt-dlp", URI.create("http://localhost:1"));
        return new Conversion(settings, new Silent(), folder)
                .run(
                        saying(YtDlp.META + "{\"title\": \"x\"}"),
                        saying(Ffmpeg.OUT_TIME + encoded.toNanos() / 1000),
                        length -> Long.MAX_VALUE);
    }

    private static ProcessBuilder saying(String line) {
        return new ProcessBuilder("sh", "-c", "echo \"$1\" >&2", "sh", line);
    }

    private static final class Silent implements Listener {

        @Override
        public void found(Track track) {}

        @Override
        public void progress(Progress progress) {}
    }
}
