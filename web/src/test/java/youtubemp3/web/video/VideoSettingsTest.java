package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The addresses of proxies are those of {@link youtubemp3.jobs.youtube.ProxyAddress}. */
class VideoSettingsTest {

    @Test
    void aProxyHasAHostAndAPort() {
        assertThat(withProxy("http://user:secret@proxy.example:3128"))
                .hasToString("VideoSettings[readTimeout=PT5S]")
                .satisfies(
                        settings -> assertThat(settings.proxyAddress()).get().hasToString("http://proxy.example:3128"));
        assertThat(withProxy("").proxyAddress()).isEmpty();
    }

    @Test
    void anythingElseIsRefusedAtTheStart() {
        assertThatThrownBy(() -> withProxy("http://proxy.example"))
                .rootCause()
                .hasMessageStartingWith("youtubemp3.video.proxy (PROXY in .env) must be");
    }

    private static VideoSettings withProxy(String proxy) {
        return new Binder(new MapConfigurationPropertySource(Map.of("youtubemp3.video.proxy", proxy)))
                .bindOrCreate("youtubemp3.video", VideoSettings.class);
    }
}
