package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccessSettingsTest {

    /** Compose hands over both, blank where {@code .env} has nothing. */
    @ParameterizedTest
    @CsvSource({
        "'', '', false, ''",
        "'  ', ' , ,', false, ''",
        "secret, '', true, secret",
        "' sec ret ', '', true, ' sec ret '",
        "'', 'one, two,', true, one|two",
        "a, b, true, a|b",
    })
    void blankIsNone(String password, String tokens, boolean on, String secrets) {
        AccessSettings settings = new Binder(new MapConfigurationPropertySource(
                        Map.of("youtubemp3.access.password", password, "youtubemp3.access.tokens", tokens)))
                .bind("youtubemp3.access", AccessSettings.class)
                .get();

        assertThat(settings.isOn()).isEqualTo(on);
        assertThat(String.join("|", settings.secrets().toList())).isEqualTo(secrets);
        assertThat(settings.toString()).isEqualTo("AccessSettings[on=" + on + "]");
    }
}
