package youtubemp3.web.http;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Failure;

/** Renders failures as sentences for people: the message {@code failure.<kind>}, or {@code failure} for an unknown kind. */
@Component
public class FailureMessages {

    private static final Pattern MINUTES = Pattern.compile("\\d{1,9}");

    private final MessageSourceAccessor messages;

    public FailureMessages(MessageSourceAccessor messages) {
        this.messages = messages;
    }

    /** The message of a failure. */
    public static MessageSourceResolvable of(Failure failure) {
        String[] keys = {"failure." + failure.kind(), "failure"};
        return new DefaultMessageSourceResolvable(
                keys,
                failure.arguments().stream()
                        .map(argument -> argument(failure.kind(), argument))
                        .toArray());
    }

    /** Renders a time in ISO 8601 in words. Earlier workers have stored it in minutes. */
    private static Object argument(String kind, String argument) {
        if (!kind.equals("TOO_LONG")) {
            return argument;
        }
        try {
            boolean minutes = MINUTES.matcher(argument).matches();
            return DurationMessage.of(Duration.parse(minutes ? "PT" + argument + "M" : argument));
        } catch (DateTimeParseException e) {
            return argument;
        }
    }

    /** The failure with its sentence. */
    public FailureReason reason(Failure failure) {
        return new FailureReason(failure.kind(), messages.getMessage(of(failure)));
    }
}
