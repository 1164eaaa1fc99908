package youtubemp3.standin.pages;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import youtubemp3.standin.http.Responses;
import youtubemp3.standin.http.Throttle;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.Thumbnail;

/** Responds to {@code /vi/<id>/<name>.jpg} as the {@link Thumbnail} of the video says. WebP thumbnails get a 404. */
final class ThumbnailResponse {

    private static final Pattern PATH = Pattern.compile("/vi/([^/]+)/([a-z0-9]+)\\.jpg");
    private static final String JPEG = "image/jpeg";

    private final Catalogue catalogue;

    ThumbnailResponse(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static boolean handles(String path) {
        return path.startsWith("/vi/") || path.startsWith("/vi_webp/");
    }

    void send(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        Optional<Catalogue.Entry> entry = path.matches() ? catalogue.find(path.group(1)) : Optional.empty();
        if (entry.isPresent()) {
            send(exchange, entry.get().video().thumbnail(), path.group(1), path.group(2));
        } else {
            Responses.bytes(exchange, 404, JPEG, ThumbnailPicture.placeholder());
        }
    }

    private static void send(HttpExchange exchange, Thumbnail thumbnail, String videoId, String name)
            throws IOException {
        Responses.pause(thumbnail.delay());
        if (thumbnail.location() != null) {
            exchange.getResponseHeaders().set("Location", thumbnail.location().toString());
        }
        byte[] body = thumbnail.body();
        if (thumbnail.status() == 404) {
            Responses.bytes(exchange, 404, JPEG, ThumbnailPicture.placeholder());
        } else if (thumbnail.endlessRate() != null) {
            Responses.endless(exchange, thumbnail.contentType(), new Throttle(thumbnail.endlessRate()));
        } else if (body == null) {
            Responses.bytes(exchange, 200, JPEG, ThumbnailPicture.of(videoId, name));
        } else {
            Responses.bytes(exchange, thumbnail.status(), thumbnail.contentType(), body);
        }
    }
}
