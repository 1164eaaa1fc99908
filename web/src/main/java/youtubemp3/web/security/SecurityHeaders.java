package youtubemp3.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CompositeHeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the security headers of every response: pages load nothing from other sites and cannot be framed. The referrer is sent only to
 * this site; {@code no-referrer} would make browsers send {@code Origin: null} with forms.
 */
@Component
@Order(SecurityHeaders.ORDER)
public class SecurityHeaders extends OncePerRequestFilter {

    /** Runs after Spring's filter for forwarded headers, which determines whether a proxy terminates TLS. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final HeaderWriter HEADERS = new CompositeHeaderWriter(List.of(
            new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY),
            new XContentTypeOptionsHeaderWriter(),
            new ReferrerPolicyHeaderWriter(ReferrerPolicy.SAME_ORIGIN),
            // only over TLS, and only for this host
            new HstsHeaderWriter(false)));

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        put(request, response);
        chain.doFilter(request, response);
    }

    /** Sets the headers; valves call this, since their responses pass no filter. */
    public static void put(HttpServletRequest request, HttpServletResponse response) {
        HEADERS.writeHeaders(request, response);
    }

    /** Applies to error dispatches too: Tomcat rejects some requests, such as TRACE, before any filter. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
