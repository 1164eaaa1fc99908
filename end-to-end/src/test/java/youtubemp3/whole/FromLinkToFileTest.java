package youtubemp3.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.standin.video.Video;

/**
 * Runs the real web, worker, Redis, ffmpeg and every installed yt-dlp. Only YouTube is a stand-in, and
 * a request to any other host fails the class.
 */
@Timeout(300)
@ParameterizedClass
@MethodSource("ytDlps")
class FromLinkToFileTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static Path folder;
    private static Product product;

    @Parameter
    private String ytDlp;

    static Stream<String> ytDlps() {
        return Stream.of("yt-dlp", System.getenv("YT_DLP_NEWEST")).filter(Objects::nonNull);
    }

    @BeforeParameterizedClassInvocation
    static void start(String ytDlp) throws Exception {
        folder = Files.createTempDirectory("whole");
        product = Product.start(YOUTUBE.standIn(), folder.resolve("home"), ytDlp);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        product.close();
        await().untilAsserted(() ->
                assertThat(ProcessHandle.current().descendants()).as("children").isEmpty());
    }

    /** Page, file name and tag have the same title and artist. */
    @Test
    void aLinkBecomesAWholeFile() throws Exception {
        YOUTUBE.standIn()
                .add(Video.builder("whole000030")
                        .title("Björk – Jóga (Official Video)")
                        .channel("bjorkVEVO")
                        .media(YOUTUBE.standIn().video(Scenario.ORDINARY.id()).media())
                        .build());

        String id = product.enqueue("https://youtu.be/whole000030?t=3");
        JsonNode status = product.await(id);
        assertThat(status.path("status").asString()).as(status.toString()).isEqualTo("FINISH");
        assertThat(status.path("percent").asInt()).isEqualTo(100);
        assertThat(status.path("title").asString()).isEqualTo("Jóga");
        assertThat(status.path("artist").asString()).isEqualTo("Björk");

        HttpResponse<Path> whole = product.download(id, folder.resolve("whole.mp3"));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("content-type")).contains("audio/mpeg");
        assertThat(whole.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"Bjork - Joga.mp3\"; filename*=UTF-8''Bj%C3%B6rk%20-%20J%C3%B3ga.mp3");
        assertThat(Files.readString(whole.body(), StandardCharsets.ISO_8859_1))
                .startsWith("ID3")
                .containsPattern("TIT2.{6}\\x00Jóga")
                .containsPattern("TPE1.{6}\\x00Björk");
        assertThat(Files.size(whole.body())).isBetween(700_000L, 900_000L);

        // a resumed download yields the same file
        HttpResponse<Path> rest = product.download(id, folder.resolve("rest.mp3"), "Range", "bytes=100000-");
        assertThat(rest.statusCode()).isEqualTo(206);
        byte[] bytes = Files.readAllBytes(whole.body());
        assertThat(Files.readAllBytes(rest.body()))
                .isEqualTo(java.util.Arrays.copyOfRange(bytes, 100_000, bytes.length));
    }

    @Test
    void aPrivateVideoFailsWithItsReason() throws Exception {
        String id = product.enqueue(Scenario.PRIVATE.id());
        JsonNode status = product.await(id);
        assertThat(status.path("status").asString()).isEqualTo("FAILED");
        assertThat(status.path("failure").path("kind").asString()).isEqualTo("PRIVATE");
        assertThat(product.get("download-music/" + id).body()).contains("This video is private.");
    }

    @Test
    void aTemporaryFailureIsRetried() throws Exception {
        YOUTUBE.standIn().add(YOUTUBE.standIn().video(Scenario.FLAKY_503.id()));
        JsonNode status = product.await(product.enqueue(Scenario.FLAKY_503.id()));
        assertThat(status.path("status").asString()).as(status.toString()).isEqualTo("FINISH");
    }

    @Test
    void aLastingFailureEndsAfterItsRetries() throws Exception {
        JsonNode status = product.await(product.enqueue(Scenario.MEDIA_403.id()));
        assertThat(status.path("status").asString()).isEqualTo("FAILED");
        assertThat(status.path("failure").path("kind").asString()).isEqualTo("FORBIDDEN");
        assertThat(status.path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void aVideoThatDoesNotExistIsNeverEnqueued() throws Exception {
        HttpResponse<String> response = product.submit("https://www.youtube.com/watch?v=" + Scenario.UNKNOWN_ID);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("VIDEO_DONT_EXISTS");
    }

    @Test
    void healthReportsTheWorkerAndItsTools() throws Exception {
        String management = product.setting("local.management.port");
        await().untilAsserted(() -> assertThat(product.get("http://127.0.0.1:" + management + "/actuator/health")
                        .body())
                .contains("yt_dlp_age_days"));
    }
}
