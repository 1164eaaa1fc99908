package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class VideoSettingsTest {

    @Test
    void aProxyHasAHostAndAPort() {
        assertThat(withProxy("http://proxy.example:3128").proxy()).isEqualTo(URI.create("http://proxy.example:3128"));
        assertThat(withProxy("").proxy()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example:3128",
                "http://proxy.example",
                "https://proxy.example:3128",
                "socks5://proxy.example:1080",
                "http://user@proxy.example:3128",
                "http://user:password@proxy.example:3128",
            })
    void anythingElseIsRefusedAtTheStart(String proxy) {
        assertThatThrownBy(() -> withProxy(proxy))
                .rootCause()
                .hasMessage("the proxy must be http://host:port, without a user");
    }

    private static VideoSettings withProxy(String proxy) {
        return new Binder(new MapConfigurationPropertySource(Map.of("youtubemp3.video.proxy", proxy)))
                .bindOrCreate("youtubemp3.video", VideoSettings.class);
    }
}
