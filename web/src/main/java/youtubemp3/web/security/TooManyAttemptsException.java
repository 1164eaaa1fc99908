package youtubemp3.web.security;

import org.springframework.security.core.AuthenticationException;

/** Thrown when an address has tried secrets too often. It does not reveal whether this secret was right. */
class TooManyAttemptsException extends AuthenticationException {

    TooManyAttemptsException() {
        super("too many attempts");
    }
}
