package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The site whose page made a browser send a request. {@code Sec-Fetch-Site} decides if it is present, since pages cannot change it.
 * Browsers send it over HTTPS and to localhost; otherwise {@code Origin} decides, which they send with every POST.
 */
enum RequestOrigin {
    /** A page of this site, or the user of the browser. */
    SAME_ORIGIN,
    /** A page of another site, or one that hides its site. */
    CROSS_SITE,
    /** Neither header is present: the client is not a browser. */
    NOT_A_BROWSER;

    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:@/]*)(?::(\\d{1,5}))?");

    static RequestOrigin of(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none") ? SAME_ORIGIN : CROSS_SITE;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return NOT_A_BROWSER;
        }
        return isThisSite(origin, request) ? SAME_ORIGIN : CROSS_SITE;
    }

    /**
     * Compares with the host and port of the request, and with those that a trusted proxy has forwarded. The scheme may differ, since
     * a proxy may terminate TLS without forwarding the scheme.
     */
    private static boolean isThisSite(String origin, HttpServletRequest request) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return false;
        }
        int defaultPort = parts.group(1).equalsIgnoreCase("https") ? 443 : 80;
        String theirs = authority(parts.group(2), defaultPort);
        return theirs != null
                && (theirs.equals(authority(request.getHeader(HttpHeaders.HOST), defaultPort))
                        || theirs.equals(
                                authority(request.getServerName() + ":" + request.getServerPort(), defaultPort)));
    }

    /** Adds the default port; null if the text is not an authority (RFC 3986). */
    private static @Nullable String authority(@Nullable String text, int defaultPort) {
        Matcher parts = AUTHORITY.matcher(text == null ? "" : text);
        if (!parts.matches() || parts.group(1).isEmpty()) {
            return null;
        }
        String port = parts.group(2) == null ? String.valueOf(defaultPort) : parts.group(2);
        return parts.group(1).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
