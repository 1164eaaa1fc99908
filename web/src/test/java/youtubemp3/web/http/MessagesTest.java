package youtubemp3.web.http;

import static org.assertj.core.api.Assertions.assertThat;

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
        "TOO_LONG, 180, 'This video is longer than 180 minutes, which is the limit here.'",
        // as text, not as a number
        "TOO_LONG, 1440, 'This video is longer than 1440 minutes, which is the limit here.'",
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

    @Test
    void everyApostropheIsWrittenTwice() throws Exception {
        Properties all = PropertiesLoaderUtils.loadProperties(new ClassPathResource("messages.properties"));

        assertThat(all.values())
                .isNotEmpty()
                .noneMatch(text -> String.valueOf(text).replace("''", "").contains("'"));
    }
}
