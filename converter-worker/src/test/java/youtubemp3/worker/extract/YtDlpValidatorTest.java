package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import youtubemp3.worker.WorkerSettings;

/** Starts a context with every installed yt-dlp, which checks its arguments itself. */
@Timeout(120)
class YtDlpValidatorTest {

    @EnableConfigurationProperties(WorkerSettings.class)
    static class Settings {}

    private final ApplicationContextRunner worker =
            new ApplicationContextRunner().withUserConfiguration(Settings.class, YtDlpValidator.class);

    @TempDir
    private Path folder;

    private static Stream<Arguments> ytDlpsAnd(String... lines) {
        return RealTools.ytDlps().stream().flatMap(ytDlp -> Stream.of(lines).map(line -> Arguments.of(ytDlp, line)));
    }

    static Stream<Arguments> accepted() {
        return ytDlpsAnd(
                "",
                "--extractor-args youtube:player_client=default,mweb",
                "--extractor-args=youtube:player_client=default,mweb --force-ipv4",
                "--user-agent 'Mozilla/5.0 (X11)'",
                "--force-ipv4,--sleep-requests,1");
    }

    static Stream<Arguments> refused() {
        return ytDlpsAnd(
                // the comma form of what the option of yt-dlp has commas in: mweb would be a video
                "--extractor-args,youtube:player_client=default,mweb",
                "mweb",
                "https://youtu.be/demo0000001",
                "--no-such-option",
                "--sleep-requests soon",
                "--proxy",
                "--",
                "--version");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void optionsAndTheirValuesAreAccepted(String ytDlp, String line) {
        with(ytDlp, "yt-dlp-arguments=" + line)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anythingElseEndsTheStartWithTheNameOfTheSetting(String ytDlp, String line) {
        with(ytDlp, "yt-dlp-arguments=" + line)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("ytDlpArguments"));
    }

    @Test
    void aYtDlpThatCannotBeRunIsReportedLater() {
        with("/no/such/yt-dlp", "yt-dlp-arguments=--force-ipv4")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aPluginFolderThatCannotBeReadEndsTheStart() {
        with("yt-dlp", "plugin-folder=" + folder.resolve("missing"))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("the plugin folder"));
    }

    static Stream<String> ytDlps() {
        return RealTools.ytDlps().stream();
    }

    /** The plugin says that it is loaded. A yt-dlp that cannot load plugins from one folder alone is refused. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void pluginsAreLoadedFromThePluginFolderOnly(String ytDlp) throws Exception {
        Path loaded = folder.resolve("loaded");
        Path plugins = folder.resolve("plugins");
        plugin(plugins, loaded);
        boolean canLoad = RealTools.run(ytDlp, "--help").contains("--no-plugin-dirs");

        with(ytDlp, "yt-dlp-arguments=--force-ipv4", "plugin-folder=")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(loaded).doesNotExist();

        with(ytDlp, "plugin-folder=" + plugins).run(context -> {
            if (canLoad) {
                assertThat(context).hasNotFailed();
            } else {
                assertThat(context).getFailure().rootCause().hasMessageContaining("pluginFolder");
            }
        });
        assertThat(Files.exists(loaded)).isEqualTo(canLoad);
    }

    private static void plugin(Path plugins, Path loaded) throws IOException {
        Path extractors = Files.createDirectories(plugins.resolve("some-plugin/yt_dlp_plugins/extractor"));
        Files.writeString(extractors.resolve("some.py"), """
                open('%s', 'w').close()
                from yt_dlp.extractor.common import InfoExtractor
                class SomeIE(InfoExtractor):
                    _VALID_URL = r'some:video'
                """.formatted(loaded));
    }

    private ApplicationContextRunner with(String ytDlp, String... properties) {
        return worker.withPropertyValues("youtubemp3.worker.yt-dlp=" + ytDlp)
                .withPropertyValues(Stream.of(properties)
                        .map(property -> "youtubemp3.worker." + property)
                        .toArray(String[]::new));
    }
}
