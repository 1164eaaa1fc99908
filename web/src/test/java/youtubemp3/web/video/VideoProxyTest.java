package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.standin.YouTubeStandIn;
import youtubemp3.standin.video.Video;
import youtubemp3.web.WebProcess;

/** web behind a proxy that demands a password. A process of its own, since the JDK reads its rule about that once. */
class VideoProxyTest {

    private static YouTubeStandIn youTube;

    private final RealRedis redis = RealRedis.shared();

    @BeforeAll
    static void start() {
        youTube = YouTubeStandIn.builder()
                .folder(Path.of(System.getProperty("java.io.tmpdir"), "web-stand-in"))
                .credentials("user", "p@ss")
                .start();
        youTube.add(Video.builder("proxied0001").build());
    }

    @AfterAll
    static void stop() {
        youTube.close();
    }

    @Test
    void itAsksThroughAProxyWithAPassword() throws Exception {
        try (WebProcess web =
                web("http://user:p%40ss@127.0.0.1:" + youTube.proxy().getPort())) {
            assertThat(submit(web, "proxied0001").statusCode()).isEqualTo(201);
            assertThat(submit(web, "proxied0404").body()).contains("VIDEO_DONT_EXISTS");
            assertThat(youTube.requests()).contains("HEAD img.youtube.com/vi/proxied0001/0.jpg");
            assertThat(web.log()).doesNotContain("p@ss", "p%40ss");
        }
    }

    @Tag("long")
    @Test
    void aWrongPasswordIsNoAnswerAndInNoMessage() throws Exception {
        try (WebProcess web =
                web("http://user:secret@127.0.0.1:" + youTube.proxy().getPort())) {
            HttpResponse<String> response = submit(web, "proxied0002");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("YOUTUBE_UNREACHABLE").doesNotContain("secret");
            assertThat(web.log()).contains("YouTube did not answer").doesNotContain("secret");
        }
    }

    @Test
    void behindSocksItAcceptsWhatItCannotAskFor() throws Exception {
        try (WebProcess web =
                web("socks5://user:secret@127.0.0.1:" + youTube.proxy().getPort())) {
            assertThat(submit(web, "proxied0405").statusCode()).isEqualTo(201);
            assertThat(youTube.requests()).noneMatch(request -> request.contains("proxied0405"));
            assertThat(web.log())
                    .containsOnlyOnce("web can use HTTP proxies only, and not socks5://127.0.0.1:")
                    .doesNotContain("secret");
        }
    }

    @Tag("long")
    @Test
    void aWrongSettingEndsTheStartAndNamesIt() {
        assertThatThrownBy(() -> web("socks6://user:secret@127.0.0.1:1080").close())
                .hasMessageContaining("youtubemp3.video.proxy (PROXY in .env) must be scheme://host:port")
                .hasMessageNotContaining("secret");
    }

    private WebProcess web(String proxy) throws IOException {
        return WebProcess.start(
                redis,
                "--youtubemp3.video.proxy=" + proxy,
                "--youtubemp3.video.read-timeout=30s",
                "--spring.http.clients.ssl.bundle=youtube",
                "--spring.ssl.bundle.pem.youtube.truststore.certificate="
                        + youTube.certificate().toUri());
    }

    private static HttpResponse<String> submit(WebProcess web, String link) throws Exception {
        URI address = web.address("/submit");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"video_url\":\"" + link + "\"}"))
                                .build(),
                        BodyHandlers.ofString());
    }
}
