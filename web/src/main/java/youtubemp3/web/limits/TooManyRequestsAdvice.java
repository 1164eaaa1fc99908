package youtubemp3.web.limits;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import youtubemp3.web.http.MessageCode;

/** Answers 429 where no controller does: a page for browsers, the usual shape for all others. */
@ControllerAdvice
class TooManyRequestsAdvice {

    @ExceptionHandler(TooManyRequestsException.class)
    void later(HttpServletResponse response) throws IOException {
        response.sendError(MessageCode.TOO_MANY_REQUESTS.status().value());
    }
}
