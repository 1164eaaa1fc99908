package youtubemp3.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeLinksTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/submit", "/download-music/x", "/download-music/", "/a/b/c/", "/a;x=1/b%20c"})
    void theRootIsFoundFromEverywhereAlsoUnderAPath(String path) {
        URI page = URI.create("https://example.org/music" + (path.isEmpty() ? "/" : path));

        assertThat(page.resolve(RelativeLinks.rootSeenFrom(path))).hasToString("https://example.org/music/");
    }

    @Test
    void anAddressThatIsDeeperThanAnyPageMakesNoLongPage() {
        assertThat(RelativeLinks.rootSeenFrom("/".repeat(8_100))).isEqualTo("./");
    }
}
