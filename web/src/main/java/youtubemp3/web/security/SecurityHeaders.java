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
 * Sets the headers that restrict what a browser does with a response: pages load nothing from other sites and appear in no frame.
 * A page's own address goes to this site alone; {@code no-referrer} would make browsers send {@code Origin: null} with our forms.
 */
@Component
@Order(SecurityHeaders.ORDER)
public class SecurityHeaders extends OncePerRequestFilter {

    /** After Spring's filter for forwarded headers, which knows whether TLS is in front. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final HeaderWriter HEADERS = new CompositeHeaderWriter(List.of(
            new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY),
            new XContentTypeOptionsHeaderWriter(),
            new ReferrerPolicyHeaderWriter(ReferrerPolicy.SAME_ORIGIN),
            // only over TLS, and for this host alone
            new HstsHeaderWriter(false)));

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        put(request, response);
        chain.doFilter(request, response);
    }

    /** Sets the headers; also for the valves, whose responses pass no filter. */
    public static void put(HttpServletRequest request, HttpServletResponse response) {
        HEADERS.writeHeaders(request, response);
    }

    /** Tomcat rejects some requests, such as TRACE, before they reach a filter. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
