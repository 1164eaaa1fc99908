package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.Trim;
import youtubemp3.jobs.status.Progress;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.failure.FailureKind;

/** Tests a video of unknown length, with processes that replace yt-dlp and ffmpeg. */
@Timeout(30)
class PipelineTest {

    private static final String META = YtDlp.META + "{\"title\": \"x\"}";

    @TempDir
    private Path folder;

    @Test
    void acceptsSoundUpToTheLongestVideo() throws Exception {
        assertThat(convert(Duration.ofHours(3)).video().duration()).isNull();
    }

    /** ffmpeg exits successfully at its own limit, slightly above the longest video, and yt-dlp may too. */
    @Test
    void rejectsLongerSoundWhichMayBeTruncated() {
        assertThatThrownBy(() -> convert(Duration.ofHours(3).plusSeconds(60)))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.TOO_LONG));
    }

    /** The sound comes later than a picture may delay it. */
    @Test
    void withoutAPictureOnlyTheStallTimeoutApplies() throws Exception {
        ProcessBuilder late = new ProcessBuilder("sh", "-c", "echo \"$1\" >&2; sleep 12", "sh", META);

        assertThat(convert(late, Duration.ofMinutes(1)).video().track().title()).isEqualTo("x");
    }

    private Sound convert(Duration encoded) throws IOException, ExtractionException, InterruptedException {
        return convert(saying(META), encoded);
    }

    private Sound convert(ProcessBuilder fetch, Duration encoded)
            throws IOException, ExtractionException, InterruptedException {
        WorkerSettings settings = RealTools.settings("yt-dlp", URI.create("http://localhost:1"));
        return new Pipeline(
                        settings,
                        new Cookies(settings, InstantSource.system()),
                        new Silent(),
                        part -> {},
                        OutputOptions.DEFAULT,
                        new LengthLimits(settings.longestVideo(), Trim.NONE),
                        folder.resolve("sound.mp3"),
                        false)
                .run(fetch, saying(Ffmpeg.OUT_TIME + encoded.toNanos() / 1000), length -> Long.MAX_VALUE);
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
