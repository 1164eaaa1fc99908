package youtubemp3.web.http;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Failure;

/** Renders failures as sentences for people: the message {@code failure.<kind>}, or {@code failure} for an unknown kind. */
@Component
public class FailureMessages {

    private final MessageSourceAccessor messages;

    public FailureMessages(MessageSourceAccessor messages) {
        this.messages = messages;
    }

    /** The message of a failure. */
    public static MessageSourceResolvable of(Failure failure) {
        String[] keys = {"failure." + failure.kind(), "failure"};
        return new DefaultMessageSourceResolvable(keys, failure.arguments().toArray());
    }

    /** The failure with its sentence. */
    public FailureReason reason(Failure failure) {
        return new FailureReason(failure.kind(), messages.getMessage(of(failure)));
    }
}
