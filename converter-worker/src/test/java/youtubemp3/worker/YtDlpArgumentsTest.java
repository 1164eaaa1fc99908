package youtubemp3.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class YtDlpArgumentsTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  ", List.of()),
                Arguments.of("--force-ipv4", List.of("--force-ipv4")),
                Arguments.of(" --sleep-requests\t1 ", List.of("--sleep-requests", "1")),
                Arguments.of(
                        "--extractor-args youtube:player_client=default,mweb",
                        List.of("--extractor-args", "youtube:player_client=default,mweb")),
                Arguments.of(
                        "--extractor-args=youtube:player_client=default,mweb",
                        List.of("--extractor-args=youtube:player_client=default,mweb")),
                Arguments.of(
                        "--extractor-args=youtube:player_client=default,-tv",
                        List.of("--extractor-args=youtube:player_client=default,-tv")),
                Arguments.of("-fbest,worst", List.of("-fbest,worst")),
                Arguments.of("--user-agent 'a \"b\\' c", List.of("--user-agent", "a \"b\\", "c")),
                Arguments.of("--user-agent \"a 'b' \\\"c\\\\ \\d\"", List.of("--user-agent", "a 'b' \"c\\ \\d")),
                Arguments.of("a\\ b\\'c d\\\\", List.of("a b'c", "d\\")),
                Arguments.of("--add-headers=X:'a b'\"c d\"e", List.of("--add-headers=X:a bc de")),
                Arguments.of("'' \"\"", List.of("", "")),
                Arguments.of("last\\", List.of("last\\")),
                // with commas instead of blanks
                Arguments.of("--force-ipv4,--sleep-requests,1", List.of("--force-ipv4", "--sleep-requests", "1")),
                Arguments.of("--sleep-requests=1,--force-ipv4", List.of("--sleep-requests=1", "--force-ipv4")),
                Arguments.of("-4,-6", List.of("-4", "-6")),
                Arguments.of("--compat-options,no-certifi", List.of("--compat-options", "no-certifi")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsSplitAsByAShell(String line, List<String> arguments) {
        assertThat(bind(line)).isEqualTo(arguments);
    }

    @Test
    void aQuoteThatIsNotClosedIsRefused() {
        assertThatThrownBy(() -> bind("--user-agent 'a b"))
                .hasMessageContaining("youtubemp3.worker.yt-dlp-arguments")
                .rootCause()
                .hasMessage("a quote is not closed");
    }

    private static List<String> bind(String line) {
        return new Binder(new MapConfigurationPropertySource(Map.of("youtubemp3.worker.yt-dlp-arguments", line)))
                .bindOrCreate("youtubemp3.worker", WorkerSettings.class)
                .ytDlpArguments()
                .values();
    }
}
