package youtubemp3.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import youtubemp3.web.RunningWeb;

/**
 * Clients that ask and do not read. The kernel keeps as little for each of them as it does on a real network: over loopback it
 * would keep megabytes.
 */
@Tag("long")
@Import(UnreadAnswersTest.SmallBuffers.class)
class UnreadAnswersTest extends RunningWeb {

    /** Without virtual threads, two addresses can take all threads: one is what must be borne. */
    private static final int ADDRESSES = Runtime.version().feature() >= 21 ? 10 : 1;

    /** More than there are threads. */
    private static final int CLIENTS = 250;

    /** Much less than the 30 s after which Tomcat itself gives a writer up. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final HttpClient normal =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : clients) {
            socket.close();
        }
    }

    @Test
    void aStyleSheetThatIsNotReadStopsNobody() throws Exception {
        open("GET /webjars/picocss__pico/css/pico.min.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(10));

        assertOthersAreAnswered();
    }

    @Test
    void unreadResponsesOnOneConnectionBlockNoOtherClient() throws Exception {
        open("GET /app.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));

        assertOthersAreAnswered();
    }

    private void assertOthersAreAnswered() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpRequest request =
                    HttpRequest.newBuilder(address("/")).timeout(SOON).build();
            assertThat(normal.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    private void open(String request) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket();
            clients.add(socket);
            socket.setReceiveBufferSize(2048);
            socket.bind(new InetSocketAddress("127.0.0." + (2 + i % ADDRESSES), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", address("/").getPort()));
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // closed at once: one above the share
            }
        }
    }

    /** Of what is written to a connection, this much waits in the kernel. */
    @TestConfiguration(proxyBeanMethods = false)
    static class SmallBuffers {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallSendBuffers() {
            return factory -> factory.addConnectorCustomizers(
                    connector -> connector.setProperty("socket.txBufSize", String.valueOf(32 * 1024)));
        }
    }
}
