package youtubemp3.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Logs one line for each request, and assigns it an id, which its response and all its log lines carry. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class AccessLogFilter extends OncePerRequestFilter {

    private static final String REQUEST = "request";
    private static final String HEADER = "X-Request-Id";
    private static final String ID_ATTRIBUTE = AccessLogFilter.class.getName() + ".id";
    private static final int MAX_LENGTH = 200;

    private static final Logger log = LoggerFactory.getLogger("youtubemp3.access");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isFirst = request.getAttribute(ID_ATTRIBUTE) == null;
        identify(request, response);
        long begin = System.nanoTime();
        boolean hasReturned = false;
        try {
            chain.doFilter(request, response);
            hasReturned = true;
        } finally {
            if (isFirst) {
                // Tomcat turns an exception into this status after this filter
                int status = hasReturned || response.isCommitted() ? response.getStatus() : 500;
                log(request, status, (System.nanoTime() - begin) / 1_000_000);
            }
            MDC.remove(LogContext.JOB);
            MDC.remove(REQUEST);
        }
    }

    /** Logs error dispatches too: Tomcat rejects some requests, such as TRACE, before any filter. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** Logs a request that Tomcat rejected before any filter. */
    public static void logRejected(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ID_ATTRIBUTE) == null) {
            identify(request, response);
            log(request, response.getStatus(), 0);
            MDC.remove(REQUEST);
        }
    }

    /** Assigns a random id. An id from the client could inject text into the log. */
    private static void identify(HttpServletRequest request, HttpServletResponse response) {
        String id = request.getAttribute(ID_ATTRIBUTE) instanceof String known
                ? known
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        request.setAttribute(ID_ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        MDC.put(REQUEST, id);
    }

    private static void log(HttpServletRequest request, int status, long milliseconds) {
        String method = printable(request.getMethod());
        String path = printable(
                request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                        ? original
                        : request.getRequestURI());
        String client = printable(request.getRemoteAddr());
        log.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .addKeyValue("milliseconds", milliseconds)
                .addKeyValue("client", client)
                .log("{} {} {} in {} ms for {}", method, path, status, milliseconds, client);
    }

    /** At most {@value #MAX_LENGTH} characters, with all but printable ASCII escaped, since a terminal may interpret it. */
    private static String printable(@Nullable String text) {
        StringBuilder printable = new StringBuilder();
        Objects.requireNonNullElse(text, "-").chars().limit(MAX_LENGTH).forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '\\') {
                printable.append((char) c);
            } else {
                printable.append(String.format("\\u%04x", c));
            }
        });
        return printable.toString();
    }
}
