package youtubemp3.web.limits;

import java.time.Duration;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Thrown when an address has reached one of its limits. */
public class TooManyRequestsException extends CodedException {

    /** For a concurrency limit, with the code's message. */
    TooManyRequestsException() {
        super(MessageCode.TOO_MANY_REQUESTS);
    }

    /** For a concurrency limit. */
    TooManyRequestsException(String message, Object... arguments) {
        super(MessageCode.TOO_MANY_REQUESTS, new DefaultMessageSourceResolvable(new String[] {message}, arguments));
    }

    /** For a rate limit, with the time until the next request is allowed. */
    TooManyRequestsException(String message, Duration wait) {
        super(MessageCode.TOO_MANY_REQUESTS, new DefaultMessageSourceResolvable(message), wait);
    }
}
