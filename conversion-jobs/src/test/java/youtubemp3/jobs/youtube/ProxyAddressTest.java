package youtubemp3.jobs.youtube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.youtube.ProxyAddress.Credentials;

class ProxyAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, http, proxy.example, 3128",
        "http://proxy.example:3128/, http, proxy.example, 3128",
        "HTTPS://10.0.0.1:1, https, 10.0.0.1, 1",
        "socks4://p:65535, socks4, p, 65535",
        "socks4a://p:1080, socks4a, p, 1080",
        "' socks5://[::1]:1080 ', socks5, [::1], 1080",
        "socks5h://p:1080, socks5h, p, 1080",
    })
    void hasASchemeAHostAndAPort(String text, String scheme, String host, int port) {
        ProxyAddress proxy = parse(text);

        assertThat(proxy.scheme()).isEqualTo(scheme);
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.credentials()).isEmpty();
        assertThat(proxy).hasToString(scheme + "://" + host + ":" + port);
    }

    @Test
    void itsPasswordIsReadByNameOnly() {
        ProxyAddress proxy = parse("socks5h://us%3Aer:p%40ss+%C3%A9:x@proxy.example:1080");

        assertThat(proxy.credentials()).contains(new Credentials("us:er", "p@ss+é:x"));
        assertThat(proxy.url("socks5")).isEqualTo("socks5://us%3Aer:p%40ss+%C3%A9:x@proxy.example:1080");
        assertThat(proxy).hasToString("socks5h://proxy.example:1080");
        assertThat(proxy.credentials().orElseThrow().toString()).doesNotContain("ss");
        assertThat(parse("http://user@p:1").credentials()).contains(new Credentials("user", ""));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void noneIsEmpty(String text) {
        assertThat(ProxyAddress.parse("a.proxy", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "proxy.example:3128",
                "user:secret@proxy.example:3128",
                "//user:secret@proxy.example:3128",
                "http://",
                "http://proxy.example",
                "http://user:secret@proxy.example",
                "http://proxy.example:0",
                "http://proxy.example:65536",
                "http://proxy.example:port",
                "http://:3128",
                "ftp://user:secret@proxy.example:3128",
                "socks6://user:secret@proxy.example:1080",
                "socks://user:secret@proxy.example:1080",
                "http://user:sec@secret@proxy.example:3128",
                "http://user:secret #@proxy.example:3128",
                "http://user:secret%zz@proxy.example:3128",
                "http://user:1234/secret@proxy.example:3128",
                "http://proxy.example:3128/path",
                "http://proxy.example:3128?secret",
                "http://proxy.example:3128#secret",
            })
    void anythingElseIsRefusedWithTheNameOfTheSettingAndWithoutThePassword(String text) {
        assertThatThrownBy(() -> ProxyAddress.parse("a.proxy", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a.proxy (PROXY in .env) must be scheme://host:port")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private static ProxyAddress parse(String text) {
        return ProxyAddress.parse("a.proxy", text).orElseThrow();
    }
}
