package youtubemp3.web.security;

import org.springframework.security.core.AuthenticationException;

/** An address has tried secrets too often. It does not tell whether this secret was right. */
class TooManyAttemptsException extends AuthenticationException {

    TooManyAttemptsException() {
        super("too many tries");
    }
}
