package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestOriginTest {

    @ParameterizedTest
    @CsvSource({
        "same-origin, , SAME_ORIGIN",
        "none, , SAME_ORIGIN",
        "same-site, , CROSS_SITE",
        "cross-site, , CROSS_SITE",
        "anything, , CROSS_SITE",
        "'', , CROSS_SITE",
        // it decides, as no page can change it
        "same-origin, http://evil.example, SAME_ORIGIN",
        "cross-site, http://mp3.example:8080, CROSS_SITE",
        ", , NOT_A_BROWSER",
        ", null, CROSS_SITE",
        ", http://mp3.example:8080, SAME_ORIGIN",
        ", HTTP://MP3.EXAMPLE:8080, SAME_ORIGIN",
        // where a proxy has taken TLS off
        ", https://mp3.example:8080, SAME_ORIGIN",
        ", http://mp3.example, CROSS_SITE",
        ", http://mp3.example:8081, CROSS_SITE",
        ", http://evil.example:8080, CROSS_SITE",
        ", http://mp3.example.evil.example:8080, CROSS_SITE",
        ", http://evil.example@mp3.example:8080, CROSS_SITE",
        ", http://mp3.example:8080/, CROSS_SITE",
        ", file://, CROSS_SITE",
        ", chrome-extension://abc, CROSS_SITE",
        ", '', CROSS_SITE",
    })
    void headersOfABrowser(String site, String origin, RequestOrigin expected) {
        assertThat(origin("mp3.example:8080", site, origin)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "mp3.example, http://mp3.example, SAME_ORIGIN",
        "mp3.example, https://mp3.example, SAME_ORIGIN",
        "mp3.example:443, https://mp3.example, SAME_ORIGIN",
        "mp3.example:80, https://mp3.example, CROSS_SITE",
        "mp3.example, http://mp3.example:8080, CROSS_SITE",
        "[::1]:8080, http://[::1]:8080, SAME_ORIGIN",
        "my_nas:8080, http://my_nas:8080, SAME_ORIGIN",
        "192.168.1.5:8080, http://192.168.1.5:8080, SAME_ORIGIN",
        "'', http://, CROSS_SITE",
    })
    void portsMayBeLeftOut(String host, String origin, RequestOrigin expected) {
        assertThat(origin(host, null, origin)).isEqualTo(expected);
    }

    private static RequestOrigin origin(String host, String site, String origin) {
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
