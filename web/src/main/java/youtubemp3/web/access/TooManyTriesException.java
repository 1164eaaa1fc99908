package youtubemp3.web.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** An address has tried secrets too often; whether this one was right is not said. */
class TooManyTriesException extends AuthenticationException {

    private final Duration pause;

    TooManyTriesException(Duration pause) {
        super("too many tries");
        this.pause = pause;
    }

    /** How long until the next try. */
    Duration pause() {
        return pause;
    }
}
