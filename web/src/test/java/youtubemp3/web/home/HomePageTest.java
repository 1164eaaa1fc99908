package youtubemp3.web.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.web.RunningWeb;
import youtubemp3.web.operations.RunningWorkers;

/** The start page with other settings than the defaults. */
@TestPropertySource(properties = {"youtubemp3.jobs.keep-finished=30m", "youtubemp3.home.examples="})
class HomePageTest extends RunningWeb {

    @Autowired
    private WorkerHeartbeats workers;

    @Autowired
    private RunningWorkers runningWorkers;

    @Test
    void theOtherPageSaysTheSameTime() {
        assertThat(page("/download-music/x").body()).contains("files are kept for 30 minutes.");
    }

    @Test
    void theFooterNamesTheYtDlpOfTheWorkers() {
        redis.delete("{jobs}:workers");
        runningWorkers.read();
        assertThat(page("/").body()).doesNotContain("yt-dlp");

        workers.send(new WorkerHeartbeat("1", "2026.10.26", "7.1", 2, 0, null, null, null, Instant.now()));
        runningWorkers.read();
        assertThat(page("/").body()).contains("<p>yt-dlp 2026.10.26</p>");
        assertThat(page("/download-music/x").body()).doesNotContain("yt-dlp");

        workers.send(new WorkerHeartbeat("2", "2026.05.01", "7.1", 2, 0, null, null, null, Instant.now()));
        workers.send(new WorkerHeartbeat("3", "2026.08.01", "7.1", 2, 0, null, null, null, Instant.now()));
        runningWorkers.read();
        assertThat(page("/").body()).contains("<p>yt-dlp 2026.05.01 to 2026.10.26</p>");

        SERVER.pause();
        try {
            long start = System.nanoTime();
            assertThat(page("/").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        } finally {
            SERVER.resume();
            redis.delete("{jobs}:workers");
        }
    }

    @Test
    void withoutExamplesThereIsNoHeadingForThem() {
        assertThat(page("/").body())
                .contains("<label for=\"video_url\">", "name=\"video_url\"", "action=\"./submit\"")
                .contains("Files are kept for 30 minutes.")
                .doesNotContain("Try one of these", "aria-invalid");
    }
}
