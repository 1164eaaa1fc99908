package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** From where a browser was made to send a request, as far as it says. */
public enum RequestOrigin {
    /** One of our own pages, or the person at the browser. */
    OURS,
    /** A page of another site. */
    ANOTHER,
    /**
     * It does not say: no browser, or one that speaks plain HTTP to a host other than its own machine. Browsers send fetch
     * metadata over HTTPS and to the own machine only, and for a form's {@code Origin} our {@code Referrer-Policy} makes
     * them say {@code null}.
     */
    UNKNOWN;

    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:@/]*)(?::(\\d{1,5}))?");

    /** The header {@code Sec-Fetch-Site} decides where it is there, since no page can change it; else {@code Origin}. */
    public static RequestOrigin of(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none") ? OURS : ANOTHER;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || origin.equals("null")) {
            return UNKNOWN;
        }
        return isOurs(origin, request) ? OURS : ANOTHER;
    }

    /**
     * The host and port that the browser asked, or those that a trusted proxy has forwarded. Not the scheme: a proxy may have
     * taken TLS off without saying so.
     */
    private static boolean isOurs(String origin, HttpServletRequest request) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return false;
        }
        int usual = parts.group(1).equalsIgnoreCase("https") ? 443 : 80;
        String theirs = authority(parts.group(2), usual);
        return theirs != null
                && (theirs.equals(authority(request.getHeader(HttpHeaders.HOST), usual))
                        || theirs.equals(authority(request.getServerName() + ":" + request.getServerPort(), usual)));
    }

    /** Always with a port; null where it is no authority. */
    private static @Nullable String authority(@Nullable String text, int usualPort) {
        Matcher parts = AUTHORITY.matcher(text == null ? "" : text);
        if (!parts.matches() || parts.group(1).isEmpty()) {
            return null;
        }
        String port = parts.group(2) == null ? String.valueOf(usualPort) : parts.group(2);
        return parts.group(1).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
