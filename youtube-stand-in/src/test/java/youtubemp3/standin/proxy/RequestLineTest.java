package youtubemp3.standin.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {

    @ParameterizedTest
    @CsvSource({
        "CONNECT www.youtube.com:443, CONNECT, www.youtube.com, 443",
        "CONNECT [::1]:443, CONNECT, ::1, 443",
        "GET http://example.com/path, GET, example.com, 80",
        "GET http://example.com:8080/path, GET, example.com, 8080",
        "GET /healthz, GET, '', 0"
    })
    void hasTheHostAndPortOfItsTarget(String line, String method, String host, int port) throws IOException {
        RequestLine request = read(line + " HTTP/1.1\r\nUser-Agent: test\r\n\r\n");

        assertThat(request).isEqualTo(new RequestLine(method, line.split(" ")[1], host, port, ""));
    }

    @Test
    void hasTheAuthorizationOfTheClient() throws IOException {
        RequestLine request =
                read("CONNECT youtu.be:443 HTTP/1.1\r\nHost: x\r\nproxy-authorization: Basic eDp5\r\n\r\n");

        assertThat(request.authorization()).isEqualTo("Basic eDp5");
    }

    @Test
    void leavesTheBytesAfterTheHeaderSectionUnread() throws IOException {
        ByteArrayInputStream in = stream("CONNECT youtu.be:443 HTTP/1.1\r\n\r\nfirst bytes of TLS");

        RequestLine.read(in);

        assertThat(in.readAllBytes()).asString().isEqualTo("first bytes of TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\n"})
    void isNullIfTheClientClosesTheConnectionEarly(String text) throws IOException {
        assertThat(read(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001 TLS", "GET / HTTP/2", "GET http://[ HTTP/1.1"})
    void refusesWhatIsNotHttp(String line) {
        assertThatThrownBy(() -> read(line + "\r\n\r\n")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAHeaderSectionThatIsTooLong() {
        assertThatThrownBy(() -> read("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("header section");
    }

    private static @Nullable RequestLine read(String text) throws IOException {
        return RequestLine.read(stream(text));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
