package youtubemp3.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import youtubemp3.jobs.Failure;

class MessagesTest {

    private final MessageSourceAccessor messages = TestMessages.load();
    private final FailureMessages failures = new FailureMessages(messages);

    @ParameterizedTest
    @EnumSource
    void everyCodeHasASentence(MessageCode code) {
        assertThat(messages.getMessage(code)).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE, '', This video is private.",
        "TOO_LONG, PT3H, 'This video is longer than 3 hours, which is the limit here.'",
        "TOO_LONG, PT30S, 'This video is longer than 30 seconds, which is the limit here.'",
        // as earlier workers have stored it, in minutes
        "TOO_LONG, 90, 'This video is longer than 1 hour and 30 minutes, which is the limit here.'",
        "TOO_LONG, 99999999999999999999, 'This video is longer than 99999999999999999999, which is the limit here.'",
        "DISK_FULL, '', This server's disk is full at the moment.",
        "DISK_FULL, unused, This server's disk is full at the moment.",
        "WAITED_TOO_LONG, '', No worker could convert this video in time. Please try again.",
        "OF_TOMORROW, '', This video could not be converted.",
        "'', '', This video could not be converted.",
        "'{0}', x, This video could not be converted.",
    })
    void aKindOfFailureIsExplained(String kind, String argument, String sentence) {
        List<String> arguments = argument.isEmpty() ? List.of() : List.of(argument);

        assertThat(failures.reason(new Failure(kind, arguments)).reason()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT0.9S, 0 seconds",
        "PT1S, 1 second",
        "PT59S, 59 seconds",
        "PT1M, 1 minute",
        "PT1M30S, 1 minute and 30 seconds",
        "PT30M, 30 minutes",
        "PT59M59.9S, 59 minutes and 59 seconds",
        "PT60M, 1 hour",
        "PT90M, 1 hour and 30 minutes",
        "PT61M30S, 1 hour and 1 minute",
        "PT8H, 8 hours",
        "PT24H, 1 day",
        "PT25H, 1 day and 1 hour",
        "PT36H, 1 day and 12 hours",
        "PT48H0M1S, 2 days and 1 second",
        // RETENTION_MINUTES=9999999, without a separator
        "PT9999999M, 6944 days and 10 hours",
    })
    void aLengthOfTimeIsSaidInItsOwnUnits(Duration time, String words) {
        assertThat(messages.getMessage(DurationMessage.of(time))).isEqualTo(words);
    }

    @Test
    void everyApostropheIsWrittenTwice() throws Exception {
        Properties all = PropertiesLoaderUtils.loadProperties(new ClassPathResource("messages.properties"));

        assertThat(all.values())
                .isNotEmpty()
                .noneMatch(text -> String.valueOf(text).replace("''", "").contains("'"));
    }
}
