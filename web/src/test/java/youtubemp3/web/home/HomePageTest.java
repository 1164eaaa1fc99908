package youtubemp3.web.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.web.RunningWeb;

/** The start page with other settings than the defaults. */
@TestPropertySource(properties = {"youtubemp3.jobs.keep-finished=30m", "youtubemp3.home.examples="})
class HomePageTest extends RunningWeb {

    @Test
    void theOtherPageSaysTheSameTime() {
        assertThat(page("/download-music/x").body()).contains("files are kept for 30 minutes.");
    }

    @Test
    void withoutExamplesThereIsNoHeadingForThem() {
        assertThat(page("/").body())
                .contains("<label for=\"video_url\">", "name=\"video_url\"", "action=\"./submit\"")
                .contains("Files are kept for 30 minutes.")
                .doesNotContain("Try one of these", "aria-invalid");
    }
}
