package youtubemp3.web.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import youtubemp3.web.http.LogContext;

/**
 * Gives every request an id that all its lines in the log carry, and writes a line for the request itself. A valve rather than a
 * filter, since Tomcat answers some requests without asking a filter: what it cannot read, and what is too slow.
 */
public class AccessLogValve extends ValveBase implements AccessLog {

    static final String REQUEST = "request";
    static final String HEADER = "X-Request-Id";

    private static final Logger log = LoggerFactory.getLogger("youtubemp3.access");

    private static final String ID_ATTRIBUTE = AccessLogValve.class.getName() + ".id";
    private static final String JOB_ATTRIBUTE = AccessLogValve.class.getName() + ".job";
    private static final int LONGEST = 200;

    public AccessLogValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String id = id(request);
        response.setHeader(HEADER, id);
        MDC.put(REQUEST, id);
        try {
            getNext().invoke(request, response);
        } finally {
            request.setAttribute(JOB_ATTRIBUTE, MDC.get(LogContext.JOB));
            MDC.remove(LogContext.JOB);
            MDC.remove(REQUEST);
        }
    }

    /** Called by Tomcat when the answer is on its way: of a file, all but the file itself. */
    @Override
    public void log(Request request, Response response, long nanoseconds) {
        MDC.put(REQUEST, id(request));
        if (request.getAttribute(JOB_ATTRIBUTE) instanceof String job) {
            MDC.put(LogContext.JOB, job);
        }
        try {
            String method = printable(request.getMethod());
            String path = printable(request.getRequestURI());
            int status = response.getStatus();
            long milliseconds = nanoseconds / 1_000_000;
            String client = printable(client(request));
            log.atInfo()
                    .addKeyValue("method", method)
                    .addKeyValue("path", path)
                    .addKeyValue("status", status)
                    .addKeyValue("milliseconds", milliseconds)
                    .addKeyValue("client", client)
                    .log("{} {} {} in {} ms for {}", method, path, status, milliseconds, client);
        } finally {
            MDC.remove(LogContext.JOB);
            MDC.remove(REQUEST);
        }
    }

    /** Random, and of nothing that the client sent: it could otherwise write into the log. */
    static String id(Request request) {
        if (request.getAttribute(ID_ATTRIBUTE) instanceof String id) {
            return id;
        }
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        request.setAttribute(ID_ATTRIBUTE, id);
        return id;
    }

    /** Behind a proxy it has been put back to the proxy's by now; what it was in between is kept here. */
    private static @Nullable String client(Request request) {
        return request.getAttribute(REMOTE_ADDR_ATTRIBUTE) instanceof String address
                ? address
                : request.getRemoteAddr();
    }

    /** In one line, short, and plain ASCII: nothing that a terminal or a reader of the log takes for something else. */
    static String printable(@Nullable String text) {
        StringBuilder printable = new StringBuilder();
        Objects.requireNonNullElse(text, "-").chars().limit(LONGEST).forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '\\') {
                printable.append((char) c);
            } else {
                printable.append(String.format("\\u%04x", c));
            }
        });
        return printable.toString();
    }

    /** Tomcat asks whether proxies are to be believed; they are whenever its own valve says so. */
    @Override
    public boolean getRequestAttributesEnabled() {
        return true;
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // there is nothing to choose
    }
}
