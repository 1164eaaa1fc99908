package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import youtubemp3.standin.video.MediaFiles;

/**
 * Runs the real yt-dlp against the stand-in: the one on the PATH, and also the one that YT_DLP_NEWEST names, if it is set.
 */
@ParameterizedClass
@MethodSource("everyYtDlp")
@ExtendWith(YouTubeStandInExtension.class)
@Timeout(120)
class YtDlpTest {

    private static final int LIMIT_SECONDS = 60;

    @Parameter
    String ytDlp;

    @TempDir
    Path folder;

    private YouTubeStandIn standIn;

    static Stream<String> everyYtDlp() {
        return Stream.of("yt-dlp", System.getProperty("YT_DLP_NEWEST", System.getenv("YT_DLP_NEWEST")))
                .filter(Objects::nonNull);
    }

    @BeforeEach
    void useTheSharedStandIn(YouTubeStandIn shared) {
        standIn = shared;
    }

    @ParameterizedTest
    @EnumSource(names = {"ORDINARY", "FLAKY_503"})
    void downloadsTheFileUnchanged(Scenario scenario) throws Exception {
        MediaFiles media = Objects.requireNonNull(standIn.video(scenario.id()).media());
        standIn.add(scenario.video(media));

        Outcome outcome = run(scenario, "-o", "it.webm");

        assertThat(outcome.exitStatus).as(outcome.output).isZero();
        assertThat(outcome.output).contains("META Scenario " + scenario.id() + "|Stand-in Channel|30|not_live");
        assertThat(folder.resolve("it.webm")).hasSameBinaryContentAs(Objects.requireNonNull(media.webm()));
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE, Private video",
        "REMOVED, removed by the uploader",
        "GEO_BLOCKED, not made this video available in your country",
        "AGE_GATE, confirm your age",
        "BOT_CHECK, not a bot",
        "DRM, DRM protected",
        "MEDIA_403, HTTP Error 403",
        "TRUNCATED, HTTP Error 503"
    })
    void failsAsItDoesWithYouTube(Scenario scenario, String text) throws Exception {
        Outcome outcome = run(scenario, "-o", "it.webm");

        assertThat(outcome.exitStatus).isEqualTo(1);
        assertThat(outcome.output).contains(text);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE_NOW", "TOO_LONG"})
    void isStoppedByItsMatchFilter(Scenario scenario) throws Exception {
        Outcome outcome = run(scenario, "-o", "it.webm", "--break-match-filters", "!is_live & duration<?7200");

        assertThat(outcome.exitStatus).as(outcome.output).isEqualTo(101);
    }

    private Outcome run(Scenario scenario, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ytDlp, "--ignore-config", "--no-cache-dir", "--no-color"));
        command.addAll(List.of("--compat-options", "no-certifi", "--proxy", "" + standIn.proxy()));
        command.addAll(List.of("--socket-timeout", "15", "--retries", "5", "--extractor-retries", "2"));
        command.addAll(List.of("-f", "bestaudio/best", "--no-simulate"));
        command.addAll(List.of("--print", "META %(title)s|%(channel)s|%(duration)s|%(live_status)s"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--", "https://www.youtube.com/watch?v=" + scenario.id()));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SSL_CERT_FILE", standIn.certificate().toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends in time", scenario)
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private record Outcome(int exitStatus, String output) {}
}
