package youtubemp3.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import youtubemp3.web.http.MessageCode;

/**
 * Refuses what another site makes a browser send. Where the browser does not say who that is, JSON passes: for JSON it would
 * have asked first whether it may, and nobody here ever says yes. A plain form needs one of the {@link FormTokens} then.
 */
@Component
@Order(CrossSiteFilter.ORDER)
class CrossSiteFilter extends OncePerRequestFilter {

    /** Behind the door, so that who is not let in learns nothing else. */
    static final int ORDER = SecurityConfiguration.ORDER + 10;

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!HARMLESS.contains(request.getMethod()) && RequestOrigin.of(request) == RequestOrigin.ANOTHER) {
            response.sendError(MessageCode.CROSS_SITE.status().value());
            return;
        }
        chain.doFilter(request, response);
    }
}
