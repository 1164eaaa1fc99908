package youtubemp3.web.limits;

import java.time.Duration;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** An address has used up one of its limits. */
public class TooManyRequestsException extends CodedException {

    /** For a limit on what goes on at the same time, with the code's own message. */
    TooManyRequestsException() {
        super(MessageCode.TOO_MANY_REQUESTS);
    }

    /** For a limit on what goes on at the same time. */
    TooManyRequestsException(String message) {
        super(MessageCode.TOO_MANY_REQUESTS, new DefaultMessageSourceResolvable(message));
    }

    /** For a limit on how often something is done, which is over after a known time. */
    TooManyRequestsException(String message, Duration wait) {
        super(MessageCode.TOO_MANY_REQUESTS, new DefaultMessageSourceResolvable(message), wait);
    }
}
