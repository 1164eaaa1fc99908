package youtubemp3.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.web.RunningWeb;

/** Where one request ends and the next begins. */
class RequestFramingTest extends RunningWeb {

    private static final String SUBMIT =
            "POST /submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: ";

    @ParameterizedTest
    @ValueSource(strings = {"POST /nothing", "PUT /", "POST /submit"})
    void requestsBehindABodyInTheSamePacketAreAnswered(String first) throws IOException {
        String body = "POST /submit".equals(first) ? "{}" : "abc";
        // of another type: 415, and the body is not read
        String request = first + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        String last = "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        assertThat(exchange(request + request + last).split("HTTP/1\\.1 ", -1)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "-1\r\n\r\n"})
    void aMalformedChunkIsAnswered400(String body) throws IOException {
        assertThat(exchange(SUBMIT + "chunked\r\n\r\n" + body))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"message_code\":\"INVALID_REQUEST\"", "X-Request-Id: ");
    }

    @ParameterizedTest
    @CsvSource({"'chunked, chunked'", "'gzip, chunked'", "'chunked, gzip'", "identity"})
    void otherTransferEncodingsAreRefused(String encoding) throws IOException {
        assertThat(exchange(SUBMIT + encoding + "\r\nConnection: close\r\n\r\n0\r\n\r\n"))
                .containsPattern("^HTTP/1.1 (400|501) ")
                .contains("\"message_code\":");
    }

    @Test
    void aBodyThatIsTooLargeIsAnsweredBeforeTheConnectionEnds() throws IOException {
        assertThat(exchange("POST /submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 200000\r\n\r\n" + "x".repeat(200_000)))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"message_code\":\"TOO_LARGE\"");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", address("/").getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
