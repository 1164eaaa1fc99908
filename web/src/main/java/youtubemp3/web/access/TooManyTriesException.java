package youtubemp3.web.access;

import org.springframework.security.core.AuthenticationException;

/** An address has tried secrets too often; whether this one was right is not said. */
class TooManyTriesException extends AuthenticationException {

    TooManyTriesException() {
        super("too many tries");
    }
}
