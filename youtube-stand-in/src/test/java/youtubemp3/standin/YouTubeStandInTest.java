package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Thumbnail;
import youtubemp3.standin.video.Video;

@ExtendWith(YouTubeStandInExtension.class)
@Timeout(60)
class YouTubeStandInTest {

    private static final int SOME_BYTES = 60_000;

    private final YouTubeStandIn standIn;
    private final Client client;
    private byte[] file = {};

    YouTubeStandInTest(YouTubeStandIn standIn) throws Exception {
        this.standIn = standIn;
        client = new Client(standIn);
    }

    @BeforeEach
    void readFile() throws IOException {
        file = Files.readAllBytes(Objects.requireNonNull(media().webm()));
    }

    private MediaFiles media() {
        return Objects.requireNonNull(standIn.video(Scenario.ORDINARY.id()).media());
    }

    private Video.Builder video(String id) {
        return Video.builder(id).media(media());
    }

    @Nested
    class AsProxy {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "www.youtube.com",
                    "youtube.com",
                    "m.youtube.com",
                    "youtu.be",
                    "img.youtube.com",
                    "i.ytimg.com",
                    "www.youtube-nocookie.com",
                    "rr1---sn-standin.googlevideo.com"
                })
        void hasACertificateForEachOfYouTubesHosts(String host) throws Exception {
            client.get("https://" + host + "/"); // throws if the certificate does not have the name

            assertThat(standIn.requests()).contains("GET " + host + "/");
        }

        @Test
        void isNotTrustedWithoutItsAuthority() {
            HttpClient otherClient = HttpClient.newBuilder()
                    .proxy(ProxySelector.of(
                            new InetSocketAddress("127.0.0.1", standIn.proxy().getPort())))
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://www.youtube.com/"))
                    .timeout(Duration.ofSeconds(20))
                    .build();

            assertThatThrownBy(() -> otherClient.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://example.com/", "https://www.youtube.com:8443/", "https://youtube.com.example.org/"})
        void refusesAndRecordsHostsThatAreNotYouTubes(String address) {
            try {
                URI uri = URI.create(address);
                int port = uri.getPort() < 0 ? 443 : uri.getPort();
                assertThatThrownBy(() -> client.get(address)).isInstanceOf(IOException.class);
                assertThat(standIn.refusedHosts()).contains(uri.getHost() + ":" + port);
                assertThat(standIn.requests()).contains("REFUSED " + uri.getHost() + ":" + port);
            } finally {
                standIn.forgetRefusedHosts();
            }
            assertThat(standIn.refusedHosts()).isEmpty();
        }

        @Test
        void answersARefusedHostWith502() throws Exception {
            try {
                assertThat(client.get("http://example.com/").statusCode()).isEqualTo(502);
                assertThat(standIn.refusedHosts()).containsExactly("example.com:80");
                assertThat(direct(HttpClient.newHttpClient(), "/refused").body())
                        .isEqualTo("example.com:80");
            } finally {
                standIn.forgetRefusedHosts();
            }
        }

        @Test
        void servesItsHealthAndItsCertificateAsAWebServer() throws Exception {
            HttpClient direct = HttpClient.newHttpClient();

            assertThat(direct(direct, "/healthz").statusCode()).isEqualTo(200);
            assertThat(direct(direct, "/ca.pem").body()).isEqualTo(Files.readString(standIn.certificate()));
            assertThat(direct(direct, "/other").statusCode()).isEqualTo(404);
        }

        private HttpResponse<String> direct(HttpClient http, String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(standIn.proxy().resolve(path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Nested
    class Thumbnails {

        @ParameterizedTest
        @ValueSource(
                strings = {"https://i.ytimg.com/vi/%s/hqdefault.jpg", "https://img.youtube.com/vi/%s/maxresdefault.jpg"
                })
        void areJpegs(String address) throws Exception {
            HttpResponse<byte[]> response = client.get(address.formatted(Scenario.ORDINARY.id()));
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.body()));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
            assertThat(picture.getWidth()).isGreaterThanOrEqualTo(480);
        }

        @Test
        void areNotFoundForAnUnknownVideoAndAsWebP() throws Exception {
            assertThat(thumbnail(Scenario.UNKNOWN_ID).statusCode()).isEqualTo(404);
            assertThat(client.get("https://i.ytimg.com/vi_webp/" + Scenario.ORDINARY.id() + "/maxresdefault.webp")
                            .statusCode())
                    .isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(ints = {404, 500, 503})
        void canFail(int status) throws Exception {
            standIn.add(video("thumbfails0").thumbnail(Thumbnail.status(status)).build());

            assertThat(thumbnail("thumbfails0").statusCode()).isEqualTo(status);
        }

        @Test
        void canBeRedirects() throws Exception {
            URI target = URI.create("https://i.ytimg.com/vi/elsewhere00/0.jpg");
            standIn.add(
                    video("thumbmoved0").thumbnail(Thumbnail.redirectTo(target)).build());

            HttpResponse<byte[]> response = thumbnail("thumbmoved0");

            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Location")).contains(target.toString());
        }

        @Test
        void canBeHtmlPages() throws Exception {
            standIn.add(video("thumbishtml").thumbnail(Thumbnail.html()).build());

            HttpResponse<byte[]> response = thumbnail("thumbishtml");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
        }

        @Test
        void canBeDelayed() throws Exception {
            Duration delay = Duration.ofMillis(300);
            standIn.add(video("thumblate00")
                    .thumbnail(Thumbnail.picture().delayedBy(delay))
                    .build());
            long start = System.nanoTime();

            assertThat(thumbnail("thumblate00").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
        }

        private HttpResponse<byte[]> thumbnail(String id) throws Exception {
            return client.get("https://i.ytimg.com/vi/" + id + "/hqdefault.jpg");
        }
    }

    @Nested
    class MediaResponses {

        private final Video ordinary = standIn.video(Scenario.ORDINARY.id());

        @Test
        void areTheWholeFile() throws Exception {
            HttpResponse<byte[]> response = client.media(ordinary, "");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("audio/webm");
            assertThat(response.body()).isEqualTo(file);
        }

        @Test
        void areAPartIfTheHeaderSaysSo() throws Exception {
            HttpResponse<byte[]> response = client.media(ordinary, "", "Range", "bytes=100-199");

            assertThat(response.statusCode()).isEqualTo(206);
            assertThat(response.headers().firstValue("Content-Range")).contains("bytes 100-199/" + file.length);
            assertThat(response.body()).isEqualTo(Arrays.copyOfRange(file, 100, 200));
        }

        @Test
        void areAPartIfTheUrlSaysSo() throws Exception {
            HttpResponse<byte[]> response = client.media(ordinary, "&range=100-199");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(Arrays.copyOfRange(file, 100, 200));
        }

        @Test
        void countTheHeaderInsideTheRangeOfTheUrl() throws Exception {
            HttpResponse<byte[]> response = client.media(ordinary, "&range=100-199", "Range", "bytes=90-");

            assertThat(response.statusCode()).isEqualTo(206);
            assertThat(response.headers().firstValue("Content-Range")).contains("bytes 90-99/100");
            assertThat(response.body()).isEqualTo(Arrays.copyOfRange(file, 190, 200));
        }

        @Test
        void endAtTheEndOfTheFile() throws Exception {
            int last = file.length - 1;

            assertThat(client.media(ordinary, "", "Range", "bytes=" + last + "-99999999")
                            .body())
                    .containsExactly(file[last]);
            assertThat(client.media(ordinary, "", "Range", "bytes=" + file.length + "-")
                            .statusCode())
                    .isEqualTo(416);
        }

        @Test
        void failForTheGivenNumberOfRequests() throws Exception {
            Video flaky = video("failsfirst0").failFirst(2, 500).build();
            standIn.add(flaky);

            assertThat(client.media(flaky, "").statusCode()).isEqualTo(500);
            assertThat(client.media(flaky, "").statusCode()).isEqualTo(500);
            assertThat(client.media(flaky, "").statusCode()).isEqualTo(200);

            standIn.add(flaky);
            assertThat(client.media(flaky, "").statusCode()).isEqualTo(500);
        }

        @Test
        void areCutOffWhereTheyAreTruncated() throws Exception {
            Video cut = video("cutanywhere").truncatedAfter(1_000).build();
            standIn.add(cut);

            assertThatThrownBy(() -> client.media(cut, "")).isInstanceOf(IOException.class);
            assertThat(client.media(cut, "&range=0-999").body()).isEqualTo(Arrays.copyOf(file, 1_000));
            assertThat(client.media(cut, "", "Range", "bytes=1000-").statusCode())
                    .isEqualTo(503);
        }

        @Test
        void areCutOffAgainWhenTheyAreResumed() {
            Video cut = video("cutforever0").cutForeverAfter(1_000).build();
            standIn.add(cut);

            assertThatThrownBy(() -> client.media(cut, "", "Range", "bytes=1000-"))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void areNotFasterThanTheirRate() throws Exception {
            int bytesPerSecond = 100_000;
            Video slow = video("limitedrate").rate(bytesPerSecond).build();
            standIn.add(slow);
            long start = System.nanoTime();

            byte[] body = client.media(slow, "&range=0-" + (SOME_BYTES - 1)).body();

            assertThat(body).hasSize(SOME_BYTES);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(1_000L * SOME_BYTES / bytesPerSecond));
        }
    }

    @Nested
    class Lifecycle {

        @Test
        void knowsOnlyItsVideos() {
            assertThatThrownBy(() -> standIn.video(Scenario.UNKNOWN_ID)).isInstanceOf(NoSuchElementException.class);
        }

        @Test
        void keepsItsCertificateInAGivenFolderAndFreesItsPort(@TempDir Path folder) throws Exception {
            String certificate;
            try (YouTubeStandIn first = YouTubeStandIn.builder().folder(folder).start()) {
                certificate = Files.readString(first.certificate());
            }
            int port;
            try (YouTubeStandIn second = YouTubeStandIn.builder().folder(folder).start()) {
                assertThat(second.certificate()).hasContent(certificate);
                port = second.proxy().getPort();
            }
            new ServerSocket(port).close(); // fails if the port is still in use
        }

        @Test
        void closeCutsOffResponsesAndDeletesTheTemporaryFolder() throws Exception {
            YouTubeStandIn other = YouTubeStandIn.start();
            Path certificate = other.certificate();
            other.add(video("neveranswer").mediaDelay(Duration.ofHours(1)).build());
            Client patient = new Client(other);
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread asking = new Thread(() -> {
                try {
                    patient.media(other.video("neveranswer"), "");
                } catch (IOException | InterruptedException e) {
                    outcome.complete(e);
                }
            });
            asking.start();
            Waiting.until(() -> other.requests().stream().anyMatch(request -> request.contains("neveranswer")));

            other.close();

            assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThat(certificate).doesNotExist();
        }
    }
}
