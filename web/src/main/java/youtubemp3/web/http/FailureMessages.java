package youtubemp3.web.http;

import java.util.List;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Failure;

/** Why a job failed, as a sentence for people: the message {@code failure.<kind>}, or {@code failure} for an unknown kind. */
@Component
public class FailureMessages {

    private final MessageSourceAccessor messages;

    public FailureMessages(MessageSourceAccessor messages) {
        this.messages = messages;
    }

    /** The message of a failure: the only method that knows how failures are stored. */
    public static MessageSourceResolvable of(Failure failure) {
        return new DefaultMessageSourceResolvable(new String[] {"failure.stored"}, new Object[] {failure.reason()});
    }

    /** The sentence for a failure. */
    public String reason(Failure failure) {
        return messages.getMessage(of(failure));
    }

    /** The sentence for a kind of failure, with the arguments that its message takes. */
    public String reason(String kind, List<String> arguments) {
        return messages.getMessage(of(kind, arguments));
    }

    private static MessageSourceResolvable of(String kind, List<String> arguments) {
        return new DefaultMessageSourceResolvable(new String[] {"failure." + kind, "failure"}, arguments.toArray());
    }
}
