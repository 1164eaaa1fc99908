package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.web.RunningWeb;

/** A page of another site that makes its own name lead to this machine gets nothing from the port for those who run this. */
@TestPropertySource(properties = "youtubemp3.access.management-hosts=web, Web.internal")
class ManagementPortTest extends RunningWeb {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8081",
                "127.0.0.1",
                "127.0.0.1:8081",
                "10.1.2.3:8081",
                "[::1]",
                "[::1]:8081",
                "web:8081",
                "WEB.internal"
            })
    void answersToItsOwnNames(String host) throws IOException {
        assertThat(status(host, "/actuator/health/liveness")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "localhost.evil.example",
                "evil.localhost",
                "127.0.0.1.evil.example",
                "2130706433",
                "0x7f.1",
                "1.2.3",
                "webs"
            })
    void answers421ToEveryOther(String host) throws IOException {
        assertThat(status(host, "/actuator/health/liveness")).isEqualTo(421);
        assertThat(status(host, "/actuator/deadjobs")).isEqualTo(421);
        assertThat(status(host, "/nothing")).isEqualTo(421);
    }

    @Test
    void hasTheSameHeadersAsThePublicPort() {
        for (String path : new String[] {"/actuator/health", "/actuator/prometheus", "/nothing"}) {
            HttpResponse<String> response = management(path);
            assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(response.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
            assertThat(response.headers().allValues("Content-Security-Policy"))
                    .isEqualTo(get("/").headers().allValues("Content-Security-Policy"))
                    .hasSize(1);
        }
    }

    @Test
    void thePublicPortAnswersToAnyName() throws IOException {
        assertThat(status(address("/").getPort(), "mp3.example", "/")).isEqualTo(200);
    }

    private int status(String host, String path) throws IOException {
        return status(managementAddress("/").getPort(), host, path);
    }

    private static int status(int port, String host, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }
}
