package youtubemp3.web.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.status.Stage;
import youtubemp3.web.http.TestMessages;

class ProgressMessagesTest {

    private final ProgressMessages messages = new ProgressMessages(TestMessages.load());

    @ParameterizedTest
    @CsvSource({
        "0, a few seconds left",
        "9, a few seconds left",
        "10, about 10 seconds left",
        "14, about 10 seconds left",
        "15, about 20 seconds left",
        "54, about 50 seconds left",
        "55, about 1 minute left",
        "89, about 1 minute left",
        "90, about 2 minutes left",
        "3569, about 59 minutes left",
        "3570, about 1 hour left",
        "4199, about 1 hour and 10 minutes left",
        "5399, about 1 hour and 30 minutes left",
        "7169, about 2 hours left",
        "36000, about 10 hours left",
        "90000, about 1 day and 1 hour left",
    })
    void time(long seconds, String words) {
        assertThat(messages.remaining(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource
    void everyStageHasASentence(Stage stage) {
        assertThat(messages.stage(stage, OutputOptions.DEFAULT)).isNotBlank();
    }
}
