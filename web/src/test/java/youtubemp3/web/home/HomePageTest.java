package youtubemp3.web.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The start page alone, with other settings than the defaults. */
@WebMvcTest(
        controllers = HomeController.class,
        properties = {"spring.config.name=web", "youtubemp3.jobs.keep-finished=1h"})
@Import(HomePage.class)
@EnableConfigurationProperties(HomeSettings.class)
class HomePageTest {

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private StringRedisTemplate redis;

    @Test
    void without_examples_there_is_no_heading_for_them() {
        assertThat(mvc.get().uri("/"))
                .hasStatusOk()
                .bodyText()
                .contains("<label class=\"label\" for=\"video_url\">", "name=\"video_url\"", "action=\"./submit\"")
                .contains("Files are kept for an hour.")
                .doesNotContain("Try one of these", "aria-invalid");
    }
}
