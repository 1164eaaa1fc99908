package youtubemp3.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers a request that a filter rejects, by the same advice that answers for controllers. */
@Component
public class ErrorResponder {

    private final HandlerExceptionResolver resolver;

    public ErrorResponder(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.resolver = resolver;
    }

    /** Renders the error; by the container's error page in a context without the advice, as at the management port. */
    public void respond(HttpServletRequest request, HttpServletResponse response, CodedException error)
            throws IOException {
        if (resolver.resolveException(request, response, null, error) == null) {
            response.sendError(error.status().value());
        }
    }
}
