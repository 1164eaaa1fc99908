package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.worker.failure.FailureKind;

class OptionsCheckTest {

    private static final OutputOptions FROM_AN_HOUR = OutputOptions.of(Map.of("from", "1:02:05"));

    @ParameterizedTest
    @CsvSource({"30.4, 0:30", "144, 2:24", "600, 10:00", "3725, 1:02:05"})
    void aStartAtOrAfterTheEndIsRefusedWithTheEnd(String seconds, String end) {
        ExtractionException failure =
                catchThrowableOfType(ExtractionException.class, () -> OptionsCheck.check(FROM_AN_HOUR, video(seconds)));

        assertThat(failure.diagnosis().kind()).isEqualTo(FailureKind.STARTS_AFTER_END);
        assertThat(failure.diagnosis().arguments()).containsExactly(end);
    }

    @Test
    void aStartBeforeTheEndIsNot() {
        assertThatCode(() -> OptionsCheck.check(FROM_AN_HOUR, video("3725.1"))).doesNotThrowAnyException();
        assertThatCode(() -> OptionsCheck.check(FROM_AN_HOUR, video("null"))).doesNotThrowAnyException();
    }

    private static Metadata video(String seconds) {
        return Metadata.parse("{\"title\": \"x\", \"duration\": " + seconds + "}")
                .orElseThrow();
    }
}
