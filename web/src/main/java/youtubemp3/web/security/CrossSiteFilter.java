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
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.ErrorResponder;
import youtubemp3.web.http.MessageCode;

/** Rejects requests with unsafe methods (RFC 9110) that a page of another site makes a browser send. */
@Component
@Order(CrossSiteFilter.ORDER)
class CrossSiteFilter extends OncePerRequestFilter {

    /** Runs after authentication, so that unauthenticated clients always get 401. */
    static final int ORDER = SecurityConfiguration.ORDER + 10;

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final ErrorResponder errors;

    CrossSiteFilter(ErrorResponder errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!SAFE_METHODS.contains(request.getMethod()) && RequestOrigin.of(request) == RequestOrigin.CROSS_SITE) {
            errors.respond(request, response, new CodedException(MessageCode.CROSS_SITE));
            return;
        }
        chain.doFilter(request, response);
    }
}
