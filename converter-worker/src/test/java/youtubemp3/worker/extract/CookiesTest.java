package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookiesTest {

    private static final String EXPIRED =
            "WARNING: [youtube] The provided YouTube account cookies are no longer valid.\n";

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private Instant now = NOON;
    private Cookies cookies;

    @BeforeEach
    void exportCookies() throws Exception {
        Path file = Files.writeString(folder.resolve("exported.txt"), "# Netscape HTTP Cookie File\n");
        cookies = new Cookies(
                RealTools.settings(
                        "yt-dlp",
                        "ffmpeg",
                        URI.create("http://localhost:1"),
                        file,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1)),
                () -> now);
    }

    @Test
    void theyHaveExpiredSinceTheFirstWarning() {
        cookies.used("", true);
        assertThat(cookies.expired()).isEmpty();

        cookies.used(EXPIRED, true);
        now = NOON.plusSeconds(60);
        cookies.used(EXPIRED, false);
        assertThat(cookies.expired()).contains(NOON);
    }

    @Test
    void onlyADownloadWithoutTheWarningShowsThatTheyWereReplaced() {
        cookies.used(EXPIRED, false);
        cookies.used("ERROR: the network is down", false);
        assertThat(cookies.expired()).contains(NOON);

        cookies.used("", true);
        assertThat(cookies.expired()).isEmpty();
    }
}
