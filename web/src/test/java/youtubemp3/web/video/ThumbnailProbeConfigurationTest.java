package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.anything;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;
import youtubemp3.jobs.VideoId;

/** A name server that lies must not make web connect to a private address. */
class ThumbnailProbeConfigurationTest {

    private static final ProxySelector NO_PROXY = ProxySelector.of(null);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPrivateAddressIsNotConnectedTo() {
        for (String host : List.of("127.0.0.1", "localhost")) {
            assertThatExceptionOfType(FilteredHostException.class)
                    .isThrownBy(() ->
                            get(client(NO_PROXY), host, server.getAddress().getPort()));
        }
        assertThat(requests).isEmpty();
    }

    /** None of them would answer: refused, they fail at once and not after the timeout. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "192.0.0.192",
                "100.64.0.1",
                "[::1]",
                "[fd00::1]",
                "[::ffff:10.0.0.1]",
                "[::127.0.0.1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b::a83f:8110]",
                "[64:ff9b:1::1]",
                "[2001:0:1::1]",
                "[2002:a00:1::]",
                "[3fff::1]",
                "[5f00::1]",
            })
    void addressesThatAreNotPublicAreRefused(String host) {
        assertThatExceptionOfType(FilteredHostException.class).isThrownBy(() -> get(client(NO_PROXY), host, 80));
    }

    /** There is no answer in time, or no route: other exceptions. */
    @ParameterizedTest
    @ValueSource(strings = {"142.250.1.1", "[2a00:1450:4001::1]", "[64:ff9b::8.8.8.8]"})
    void aPublicAddressIsNotRefused(String host) {
        Throwable thrown =
                catchThrowableOfType(Exception.class, () -> get(client(NO_PROXY, Duration.ofMillis(200)), host, 1));

        assertThat(thrown).isNotNull().isNotInstanceOf(FilteredHostException.class);
    }

    @Test
    void aProxyLooksTheHostUpItself() {
        get(client(ProxySelector.of(server.getAddress())), "10.0.0.1", 80);

        assertThat(requests).containsExactly("http://10.0.0.1/");
    }

    @Test
    void aFilteredHostIsAsGoodAsNoAnswer() {
        FilteredHostException filtered =
                catchThrowableOfType(FilteredHostException.class, () -> get(client(NO_PROXY), "10.0.0.1", 80));
        RestClient.Builder client = RestClient.builder();
        MockRestServiceServer.bindTo(client).build().expect(anything()).andRespond(request -> {
            throw filtered;
        });

        assertThatExceptionOfType(YouTubeUnreachableException.class)
                .isThrownBy(() -> new ThumbnailProbe(client.build(), new SimpleMeterRegistry())
                        .exists(new VideoId("-aZ_09bcdEF")))
                .withMessageContaining("has no public address")
                .matches(e -> !e.answered());
    }

    /** Between the look-up by the filter and the one by the client. */
    @Test
    void theJvmKeepsTheAnswerOfTheNameServer() {
        assertThat(Security.getProperty("networkaddress.cache.ttl")).isNotEqualTo("0");
    }

    private static RestClient client(ProxySelector proxies) {
        return client(proxies, Duration.ofSeconds(5));
    }

    private static RestClient client(ProxySelector proxies, Duration timeout) {
        return RestClient.builder()
                .requestFactory(ThumbnailProbeConfiguration.requestFactory(
                        HttpClientSettings.defaults(), new VideoSettings(timeout, null), proxies))
                .build();
    }

    private static void get(RestClient client, String host, int port) {
        client.get()
                .uri(URI.create("http://" + host + (port == 80 ? "" : ":" + port) + "/"))
                .retrieve()
                .toBodilessEntity();
    }
}
