package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.ErrorResponder;
import youtubemp3.web.http.MessageCode;

/** Responds to an unauthenticated request with 401. The challenge makes a browser ask for the password. */
class UnauthorizedEntryPoint implements AuthenticationEntryPoint {

    private static final String CHALLENGE = "Basic realm=\"youtube-mp3\", charset=\"UTF-8\"";

    private final ErrorResponder errors;

    UnauthorizedEntryPoint(ErrorResponder errors) {
        this.errors = errors;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        MessageCode code;
        if (reason instanceof TooManyAttemptsException) {
            code = MessageCode.TOO_MANY_REQUESTS;
        } else if (reason instanceof AuthenticationServiceException) {
            code = MessageCode.UNAVAILABLE;
        } else {
            code = MessageCode.UNAUTHORIZED;
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        errors.respond(request, response, new CodedException(code));
    }
}
