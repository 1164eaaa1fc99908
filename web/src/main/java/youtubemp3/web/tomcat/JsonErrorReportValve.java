package youtubemp3.web.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.web.http.AccessLogFilter;
import youtubemp3.web.http.ContainerErrors;
import youtubemp3.web.security.SecurityHeaders;

/** Responds to and logs requests that Tomcat rejects before any filter, with the same JSON as the rest of the API. */
public class JsonErrorReportValve extends ErrorReportValve {

    /** Tomcat accepts a lone percent sign in path parameters ({@code ;a=%}), but Spring fails at it, even for the error page. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

    private final JsonMapper json = new JsonMapper();
    private final ContainerErrors errors;

    public JsonErrorReportValve(ContainerErrors errors) {
        this.errors = errors;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String path = request.getRequestURI();
        if (path == null || !BROKEN_ESCAPE.matcher(path).find()) {
            super.invoke(request, response);
            return;
        }
        response.sendError(HttpStatus.BAD_REQUEST.value());
        response.setSuspended(false);
        report(request, response, null);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable fault) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AccessLogFilter.logRejected(request, response);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        SecurityHeaders.put(request, response);
        try {
            PrintWriter body = response.getReporter();
            if (body != null) {
                body.write(json.writeValueAsString(errors.response(status)));
                response.finishResponse();
            }
        } catch (IOException e) {
            container.getLogger().debug("The client has closed the connection", e);
        }
    }
}
