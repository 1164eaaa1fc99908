package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(YouTubeStandInExtension.class)
@Timeout(60)
class ProxyTest {

    private final YouTubeStandIn standIn;
    private final Client client;

    ProxyTest(YouTubeStandIn standIn) throws Exception {
        this.standIn = standIn;
        client = new Client(standIn);
    }

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
            assertThat(direct(HttpClient.newHttpClient(), "/refused").body()).isEqualTo("example.com:80");
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
