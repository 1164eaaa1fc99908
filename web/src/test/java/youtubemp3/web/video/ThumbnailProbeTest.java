package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.method;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withException;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withStatus;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.response.DefaultResponseCreator;
import org.springframework.web.client.RestClient;
import youtubemp3.jobs.VideoId;

/** The answers that the stand-in does not give. */
class ThumbnailProbeTest {

    private static final String ADDRESS = "https://img.youtube.com/vi/-aZ_09bcdEF/0.jpg";

    private final RestClient.Builder client = RestClient.builder();
    private final MockRestServiceServer youTube =
            MockRestServiceServer.bindTo(client).build();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ThumbnailProbe thumbnails = new ThumbnailProbe(client.build(), metrics);

    @AfterEach
    void exactlyThatWasAsked() {
        youTube.verify();
    }

    @ParameterizedTest
    @CsvSource({"200, true, exists", "404, false, missing"})
    void aClearAnswer(int status, boolean exists, String outcome) {
        answer(HttpMethod.HEAD, ADDRESS, status);

        assertThat(exists()).isEqualTo(exists);
        assertThat(metrics.counter("youtubemp3.video.probes", "outcome", outcome)
                        .count())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"405, 200, true", "405, 404, false", "501, 200, true"})
    void getWhereHeadIsNotKnown(int refusal, int status, boolean exists) {
        answer(HttpMethod.HEAD, ADDRESS, refusal);
        answer(HttpMethod.GET, ADDRESS, status);

        assertThat(exists()).isEqualTo(exists);
    }

    @Test
    void neitherHeadNorGet() {
        answer(HttpMethod.HEAD, ADDRESS, 405);
        answer(HttpMethod.GET, ADDRESS, 405);

        assertThatExceptionOfType(YouTubeUnreachableException.class)
                .isThrownBy(this::exists)
                .matches(YouTubeUnreachableException::answered);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectSaysNothing(int status) {
        youTube.expect(requestTo(ADDRESS)).andRespond(with(status).header("Location", "/vi/elsewhere"));

        assertBad();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "/", "text/html", "x image/jpeg", ""})
    void somethingThatIsNoPicture(String type) {
        youTube.expect(requestTo(ADDRESS))
                .andRespond(withStatus(HttpStatusCode.valueOf(200)).header("Content-Type", type));

        assertBad();
    }

    @Test
    void noAnswer() {
        youTube.expect(requestTo(ADDRESS)).andRespond(withException(new IOException("cut")));

        assertThatExceptionOfType(YouTubeUnreachableException.class)
                .isThrownBy(this::exists)
                .withMessage("YouTube did not answer: IOException: cut")
                .matches(e -> !e.answered());
        assertThat(metrics.counter("youtubemp3.video.probes", "outcome", "no_answer")
                        .count())
                .isOne();
    }

    private boolean exists() {
        return thumbnails.exists(new VideoId("-aZ_09bcdEF"));
    }

    private void assertBad() {
        assertThatExceptionOfType(YouTubeUnreachableException.class)
                .isThrownBy(this::exists)
                .matches(YouTubeUnreachableException::answered);
        assertThat(metrics.counter("youtubemp3.video.probes", "outcome", "bad_answer")
                        .count())
                .isOne();
    }

    private void answer(HttpMethod method, String address, int status) {
        youTube.expect(requestTo(URI.create(address))).andExpect(method(method)).andRespond(with(status));
    }

    private static DefaultResponseCreator with(int status) {
        return withStatus(HttpStatusCode.valueOf(status)).contentType(MediaType.IMAGE_JPEG);
    }
}
