package youtubemp3.web.limits;

import java.time.Duration;
import java.util.Optional;
import youtubemp3.web.http.MessageCode;

/** An address has had its share; the message is a sentence for people. */
public class TooManyRequestsException extends RuntimeException {

    private final String message;
    private final transient Optional<String> retryAfter;

    /** For a share that comes back when something of the client's has ended. */
    TooManyRequestsException(String message) {
        this(message, MessageCode.TOO_MANY_REQUESTS.retryAfter());
    }

    /** For a share that comes back with time. */
    TooManyRequestsException(String message, Duration wait) {
        this(message, Optional.of(String.valueOf(wait.plusMillis(999).toSeconds())));
    }

    private TooManyRequestsException(String message, Optional<String> retryAfter) {
        super(message, null, false, false);
        this.message = message;
        this.retryAfter = retryAfter;
    }

    /** One sentence for people. */
    @Override
    public String getMessage() {
        return message;
    }

    /** When it makes sense to try again, as the header of that name. */
    public Optional<String> retryAfter() {
        return retryAfter;
    }
}
