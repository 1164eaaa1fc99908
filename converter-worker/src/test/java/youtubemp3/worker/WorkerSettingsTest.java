package youtubemp3.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The addresses of proxies are those of {@link youtubemp3.jobs.youtube.ProxyAddress}. */
class WorkerSettingsTest {

    @Test
    void theProxyIsAnAddress() {
        assertThat(withProxy("socks5h://user:secret@proxy.example:1080").proxyAddress())
                .get()
                .hasToString("socks5h://proxy.example:1080");
        assertThat(withProxy("").proxyAddress()).isEmpty();
        assertThatThrownBy(() -> withProxy("socks6://user:secret@proxy.example:1080"))
                .rootCause()
                .hasMessageStartingWith("youtubemp3.worker.proxy (PROXY in .env) must be")
                .hasMessageNotContaining("secret");
    }

    @Test
    void passwordsAreNotWrittenToLogs() {
        assertThat(withProxy("http://user:secret@proxy.example:3128").toString())
                .doesNotContain("secret");
    }

    private static WorkerSettings withProxy(String proxy) {
        return new Binder(new MapConfigurationPropertySource(Map.of("youtubemp3.worker.proxy", proxy)))
                .bindOrCreate("youtubemp3.worker", WorkerSettings.class);
    }
}
