package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import youtubemp3.standin.video.MediaFiles;

class ScenarioTest {

    private static final MediaFiles MEDIA = new MediaFiles(Path.of("some.webm"), null, Duration.ofSeconds(30));

    @ParameterizedTest
    @EnumSource
    void hasTheIdOfItsVideo(Scenario scenario) {
        assertThat(scenario.video(MEDIA).id()).isEqualTo(scenario.id());
    }

    @Test
    void allIdsAreDifferent() {
        assertThat(Arrays.stream(Scenario.values()).map(Scenario::id))
                .doesNotHaveDuplicates()
                .doesNotContain(Scenario.UNKNOWN_ID);
    }
}
