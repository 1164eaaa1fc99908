package youtubemp3.web.security;

import org.springframework.security.core.AuthenticationException;

/** An address has tried secrets too often; whether this one was right is not said. */
class TooManyAttemptsException extends AuthenticationException {

    TooManyAttemptsException() {
        super("too many tries");
    }
}
