package youtubemp3.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import youtubemp3.web.address.PublicAddress;

/**
 * Rejects requests to the management port with 421 (Misdirected Request) unless their {@code Host} is {@code localhost}, a plain
 * address, or a configured name. With DNS rebinding, another site resolves its own name to this machine, so that its pages have the
 * same origin as this port; the browser still sends that name. A client that sends no host is not a browser.
 */
@Order(SecurityHeaders.ORDER + 1)
class ManagementHostFilter extends OncePerRequestFilter {

    private static final int MISDIRECTED_REQUEST = 421;

    private static final Pattern HOST = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+))(?::\\d*)?");

    private final Set<String> names;

    ManagementHostFilter(List<String> more) {
        this.names = Stream.concat(Stream.of("localhost"), more.stream())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host != null && !isOurs(host)) {
            response.sendError(MISDIRECTED_REQUEST);
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isOurs(String host) {
        Matcher parts = HOST.matcher(host.strip());
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return names.contains(name.toLowerCase(Locale.ROOT))
                || PublicAddress.parse(name).isPresent();
    }
}
