package youtubemp3.web.layout;

import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * The site as seen from the page that is being answered. All addresses in pages are relative, so that they stay right
 * behind a reverse proxy that serves the site under a path of its own.
 */
public final class RelativeLinks {

    /** No page of ours is as deep. An address of thousands of slashes would otherwise make each link in its page as long. */
    private static final int DEEPEST = 20;

    private final String root;
    private final ResourceUrlProvider resources;

    RelativeLinks(String path, ResourceUrlProvider resources) {
        this.root = rootSeenFrom(path);
        this.resources = resources;
    }

    /** The way to the start page, such as {@code ./} or {@code ../}. */
    public String root() {
        return root;
    }

    /** The way to a static file, its address carrying its content's hash. */
    public String asset(String path) {
        String versioned = resources.getForLookupPath(path);
        return root + (versioned == null ? path : versioned).substring(1);
    }

    static String rootSeenFrom(String path) {
        long depth = path.chars().filter(c -> c == '/').count() - 1;
        return depth <= 0 || depth > DEEPEST ? "./" : "../".repeat((int) depth);
    }
}
