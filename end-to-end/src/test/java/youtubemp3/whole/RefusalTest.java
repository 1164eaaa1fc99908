package youtubemp3.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.Video;

/** YouTube refuses the real yt-dlp: requests pause, and all jobs finish after YouTube responds again. */
@Tag("long")
@Timeout(180)
class RefusalTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static final String NOT_A_BOT = "Sign in to confirm you\u2019re not a bot";

    @TempDir
    private static Path recordings;

    private static Media media;

    @TempDir
    private Path home;

    private Product product;

    @BeforeAll
    static void record() {
        media = new Media(recordings);
    }

    @BeforeEach
    void start() throws Exception {
        product = Product.start(
                YOUTUBE.standIn(),
                home,
                "yt-dlp",
                "--youtubemp3.worker.concurrency=1",
                "--youtubemp3.worker.backoff.initial=8s",
                "--youtubemp3.worker.backoff.max=8s");
    }

    @AfterEach
    void stop() {
        product.close();
    }

    private static String refused(String id) {
        YOUTUBE.standIn().add(video(id).unplayable("LOGIN_REQUIRED", NOT_A_BOT).build());
        return id;
    }

    private static String forbidden(String id) {
        YOUTUBE.standIn().add(video(id).mediaStatus(403).build());
        return id;
    }

    private static void mend(String id) {
        YOUTUBE.standIn().add(video(id).build());
    }

    private static Video.Builder video(String id) {
        return Video.builder(id).media(media.thirtySeconds());
    }

    private static long asked(String id) {
        return YOUTUBE.standIn().requests().stream()
                .filter(request -> request.contains(id))
                .count();
    }

    private JsonNode awaitPause(String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> product.status(id),
                        status -> !status.path("next_try").isNull());
    }

    @Test
    void jobsKeepTheirPlaceAndNoAttemptIsCounted() throws Exception {
        String refused = product.enqueue(refused("refused0000"));
        JsonNode paused = awaitPause(refused);
        assertThat(paused.path("message").asString()).isEqualTo("YouTube is refusing this server; your place is kept");
        Instant nextTry = Instant.parse(paused.path("next_try").asString());
        assertThat(nextTry).isAfter(Instant.now().minusSeconds(1));
        String behind = product.enqueue(Scenario.ORDINARY.id());
        assertThat(product.status(behind).path("next_try").isNull()).isFalse();
        assertThat(health().at("/components/youtube/details/kind").asString()).isEqualTo("BOT_CHECK");
        long asked = asked("refused0000");

        // YouTube is not asked before the pause is over
        await().atMost(Duration.ofSeconds(60)).until(() -> asked("refused0000") > asked);
        assertThat(Instant.now()).isAfter(nextTry);
        mend("refused0000");

        assertThat(product.await(refused).path("status").asString()).isEqualTo("FINISH");
        assertThat(product.await(behind).path("status").asString()).isEqualTo("FINISH");
        assertThat(List.of(product.status(refused), product.status(behind)))
                .extracting(status -> status.path("attempt").asInt())
                .containsOnly(1);
        assertThat(health().at("/components/youtube/details/circuit").asString())
                .isEqualTo("closed");
    }

    @Test
    void severalForbiddenVideosReportThatYtDlpNeedsAnUpdate() throws Exception {
        List<String> videos = List.of("wave0000001", "wave0000002", "wave0000003", "wave0000004");
        for (String video : videos) {
            product.enqueue(forbidden(video));
        }
        String last = product.enqueue(Scenario.ORDINARY.id());

        JsonNode paused = awaitPause(last);
        assertThat(paused.path("message").asString()).contains("yt-dlp needs an update");
        assertThat(health().at("/components/youtube/details/problem").asString())
                .contains("yt-dlp needs an update");
        assertThat(product.await(last).path("status").asString()).isEqualTo("FINISH");
    }

    private JsonNode health() throws Exception {
        String port = product.setting("local.management.port");
        URI address = URI.create("http://127.0.0.1:" + port + "/actuator/health");
        return new JsonMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                        .body());
    }
}
