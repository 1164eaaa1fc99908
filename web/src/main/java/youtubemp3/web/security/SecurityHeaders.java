package youtubemp3.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells browsers that nothing here comes from elsewhere, and that nobody may put it into a frame. */
@Component
@Order(SecurityHeaders.ORDER)
public class SecurityHeaders extends OncePerRequestFilter {

    /** Behind Spring's filter for forwarded headers, which says whether TLS is in front. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        put(request, response);
        chain.doFilter(request, response);
    }

    /** Also for the valves, which answer what no filter sees. */
    public static void put(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        // only where TLS is in front: without it browsers have to ignore the header
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Tomcat refuses some requests, such as TRACE, before any filter sees them. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
