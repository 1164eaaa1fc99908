package youtubemp3.web.layout;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * Creates the relative links of one page. All links in pages are relative, so that they work behind a reverse proxy that serves the
 * site under a path.
 */
public final class RelativeLinks {

    /** Deeper than any page of the site. It bounds the links of an address with thousands of slashes. */
    private static final int DEEPEST = 20;

    private final String root;
    private final ResourceUrlProvider resources;

    RelativeLinks(String path, ResourceUrlProvider resources) {
        this.root = rootSeenFrom(path);
        this.resources = resources;
    }

    /** The links of the page at the browser's address, which an error page does not change. */
    public static RelativeLinks of(HttpServletRequest request, ResourceUrlProvider resources) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String address = failed instanceof String text ? text : request.getRequestURI();
        return new RelativeLinks(address.substring(request.getContextPath().length()), resources);
    }

    /** The link to the start page, such as {@code ./} or {@code ../}. */
    public String root() {
        return root;
    }

    /** The link to a static file, with the hash of its content. */
    public String asset(String path) {
        String versioned = resources.getForLookupPath(path);
        return root + (versioned == null ? path : versioned).substring(1);
    }

    static String rootSeenFrom(String path) {
        long depth = path.chars().filter(c -> c == '/').count() - 1;
        return depth <= 0 || depth > DEEPEST ? "./" : "../".repeat((int) depth);
    }
}
