package youtubemp3.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Discards the unread part of a request's body, so that the client sees the response and the connection can be reused. Tomcat can
 * do the same (max-swallow-size in web.yml), but its timeout is for each read, so a client that sends one byte per second could
 * continue for days. The connection is closed if a part is left.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class UnreadBodyFilter extends OncePerRequestFilter {

    /** The timeout of the whole request, including the time that the controller took. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_BYTES = 256 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begin = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            // a client with Expect: 100-continue does not send its body unless it is read
            if (request.getHeader(HttpHeaders.EXPECT) == null) {
                discardBody(request, begin);
            }
        }
    }

    private static void discardBody(HttpServletRequest request, long begin) {
        byte[] discarded = new byte[8 * 1024];
        int left = MAX_BYTES;
        try {
            ServletInputStream body = request.getInputStream();
            while (!body.isFinished() && left > 0 && System.nanoTime() - begin < TIMEOUT.toNanos()) {
                int length = body.read(discarded);
                if (length < 0) {
                    return;
                }
                left -= length;
            }
        } catch (IOException e) {
            // the client has closed the connection, was too slow, or its chunks are malformed
        }
    }
}
