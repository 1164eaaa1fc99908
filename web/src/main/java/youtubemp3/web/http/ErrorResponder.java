package youtubemp3.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Responds to a request that a filter rejects, with the same advice as for controllers. */
@Component
public class ErrorResponder {

    private final HandlerExceptionResolver resolver;

    public ErrorResponder(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.resolver = resolver;
    }

    /** Renders the error. In a context without the advice, such as the management port's, the container's error page does. */
    public void respond(HttpServletRequest request, HttpServletResponse response, CodedException error)
            throws IOException {
        if (resolver.resolveException(request, response, null, error) == null) {
            response.sendError(error.status().value());
        }
    }
}
