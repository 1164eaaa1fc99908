package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestOriginTest {

    @ParameterizedTest
    @CsvSource({
        "same-origin, , OURS",
        "none, , OURS",
        "same-site, , ANOTHER",
        "cross-site, , ANOTHER",
        "anything, , ANOTHER",
        "'', , ANOTHER",
        // it cannot be forged, so it decides
        "same-origin, http://evil.example, OURS",
        "cross-site, http://mp3.example:8080, ANOTHER",
        ", , UNKNOWN",
        ", null, UNKNOWN",
        ", http://mp3.example:8080, OURS",
        ", HTTP://MP3.EXAMPLE:8080, OURS",
        // where a proxy has taken TLS off
        ", https://mp3.example:8080, OURS",
        ", http://mp3.example, ANOTHER",
        ", http://mp3.example:8081, ANOTHER",
        ", http://evil.example:8080, ANOTHER",
        ", http://mp3.example.evil.example:8080, ANOTHER",
        ", http://evil.example@mp3.example:8080, ANOTHER",
        ", http://mp3.example:8080/, ANOTHER",
        ", file://, ANOTHER",
        ", chrome-extension://abc, ANOTHER",
        ", '', ANOTHER",
    })
    void what_a_browser_says(String site, String origin, RequestOrigin sender) {
        assertThat(sender("mp3.example:8080", site, origin)).isEqualTo(sender);
    }

    @ParameterizedTest
    @CsvSource({
        "mp3.example, http://mp3.example, OURS",
        "mp3.example, https://mp3.example, OURS",
        "mp3.example:443, https://mp3.example, OURS",
        "mp3.example:80, https://mp3.example, ANOTHER",
        "mp3.example, http://mp3.example:8080, ANOTHER",
        "[::1]:8080, http://[::1]:8080, OURS",
        "my_nas:8080, http://my_nas:8080, OURS",
        "192.168.1.5:8080, http://192.168.1.5:8080, OURS",
        "'', http://, ANOTHER",
    })
    void ports_may_be_left_out(String host, String origin, RequestOrigin sender) {
        assertThat(sender(host, null, origin)).isEqualTo(sender);
    }

    private static RequestOrigin sender(String host, String site, String origin) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/submit");
        request.setServerName("backend");
        request.addHeader("Host", host);
        if (site != null) {
            request.addHeader("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        return RequestOrigin.of(request);
    }
}
