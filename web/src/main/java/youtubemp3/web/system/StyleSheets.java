package youtubemp3.web.system;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The only answers larger than what the kernel takes at once are Bulma's style sheet and the files that it sends by itself. So
 * whoever does not read the style sheet holds a thread, and there is to be a thread for everybody else. {@link Connections} takes
 * threads back from writers that nobody reads, but only after some seconds.
 */
@Component
class StyleSheets extends OncePerRequestFilter {

    /** A quarter of the threads in web.yml. */
    private static final int AT_ONCE = 25;

    private final Semaphore places = new Semaphore(AT_ONCE);

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // decoded, as the resource is looked up: an address has many spellings
        return !request.getServletPath().startsWith("/webjars/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
