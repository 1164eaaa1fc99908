package youtubemp3.standin.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.http.Requests;
import youtubemp3.standin.http.Responses;
import youtubemp3.standin.media.MediaResponse;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.Playability;
import youtubemp3.standin.video.Playlist;
import youtubemp3.standin.video.Video;

/** Handles the requests to all of YouTube's hosts, by host and path. */
public final class YouTubePages implements HttpHandler {

    private static final System.Logger LOGGER = System.getLogger(YouTubePages.class.getName());
    private static final Pattern VIDEO_ID = Pattern.compile("\"videoId\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PLAYLIST_ID = Pattern.compile("\"playlistId\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern BROWSE_ID = Pattern.compile("\"browseId\"\\s*:\\s*\"VL([^\"]+)\"");
    private static final Pattern CONTINUATION = Pattern.compile("\"continuation\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern CLIENT = Pattern.compile("\"clientName\"\\s*:\\s*\"([^\"]+)\"");

    /** The parameters of a request for a playlist with the videos that are not available. */
    private static final String WITH_UNAVAILABLE = "wgYCCAA=";

    private static final Pattern ID_AT_END = Pattern.compile("([A-Za-z0-9_-]{11})$");

    private final Catalogue catalogue;
    private final Consumer<String> journal;
    private final ThumbnailResponse thumbnail;
    private final MediaResponse media;

    /**
     * Handles requests for the videos of a catalogue.
     *
     * @param journal receives a line for each request
     * @param media sends the media files
     */
    public YouTubePages(Catalogue catalogue, Consumer<String> journal, MediaResponse media) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.media = media;
        thumbnail = new ThumbnailResponse(catalogue);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = Requests.host(exchange);
            record(exchange, host);
            if (host.equals("manifest.googlevideo.com")) {
                HlsPlaylist.send(exchange);
            } else if (host.endsWith(".googlevideo.com")) {
                media(exchange);
            } else {
                page(exchange);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "the stand-in failed to respond to " + exchange.getRequestURI(), e);
            throw e;
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (ThumbnailResponse.handles(path)) {
            thumbnail.send(exchange);
        } else if (path.startsWith("/embed/")) {
            Responses.html(exchange, 200, WatchPage.withoutVideo("WEB_EMBEDDED_PLAYER"));
        } else if (path.startsWith("/s/player/")) {
            Responses.text(exchange, 200, "text/javascript", WatchPage.PLAYER_SCRIPT);
        } else {
            switch (path) {
                case "/watch" -> watch(exchange);
                case "/playlist" -> playlist(exchange);
                case "/youtubei/v1/browse" -> browse(exchange);
                case "/youtubei/v1/player" -> player(exchange);
                case "/youtubei/v1/next" -> next(exchange);
                case "/oembed" -> oembed(exchange);
                case "/tv" -> Responses.html(exchange, 200, WatchPage.withoutVideo("TVHTML5"));
                case "/" -> Responses.html(exchange, 200, WatchPage.withoutVideo("WEB"));
                case "/iframe_api" -> Responses.text(exchange, 200, "text/javascript", WatchPage.IFRAME_API);
                default -> Responses.html(exchange, 404, "<html><title>404 Not Found</title></html>");
            }
        }
    }

    private void watch(HttpExchange exchange) throws IOException {
        Map<String, String> query = Requests.query(exchange);
        String id = query.getOrDefault("v", "");
        Video video = find(id);
        if (video != null && video.signsOut()) {
            exchange.getResponseHeaders()
                    .add(
                            "Set-Cookie",
                            "LOGIN_INFO=; Domain=.youtube.com; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        }
        if (video != null && video.watchStatus() != 200) {
            Responses.html(exchange, video.watchStatus(), "<html>" + video.watchStatus() + "</html>");
        } else {
            Responses.html(exchange, 200, WatchPage.of(id, video, mix(query.getOrDefault("list", ""))));
        }
    }

    private void playlist(HttpExchange exchange) throws IOException {
        String id = Requests.query(exchange).getOrDefault("list", "");
        Responses.html(exchange, 200, PlaylistPage.of(catalogue.findPlaylist(id).orElse(null)));
    }

    private void browse(HttpExchange exchange) throws IOException {
        String body = Requests.body(exchange);
        String token = find(CONTINUATION, body);
        if (token.isEmpty()) {
            Playlist playlist = catalogue.findPlaylist(find(BROWSE_ID, body)).orElse(null);
            json(exchange, 200, PlaylistPage.data(playlist, body.contains(WITH_UNAVAILABLE)));
            return;
        }
        PlaylistPage.Continuation next = PlaylistPage.Continuation.of(token);
        Playlist playlist = catalogue.findPlaylist(next.playlistId()).orElseThrow();
        json(exchange, 200, PlaylistPage.continuation(playlist, next.all(), next.from()));
    }

    private void player(HttpExchange exchange) throws IOException {
        String body = Requests.body(exchange);
        String id = find(VIDEO_ID, body);
        String client = find(CLIENT, body);
        journal.accept("PLAYER " + client + " " + id);
        Video video = find(id);
        if (video == null) {
            json(exchange, 200, PlayerResponse.of(Playability.UNKNOWN_VIDEO));
            return;
        }
        Responses.pause(video.player().delay());
        if (video.player().isOk()) {
            json(exchange, 200, PlayerResponse.of(video, client));
        } else {
            int status = video.player().status();
            json(exchange, status, PlayerResponse.error(status));
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        String body = Requests.body(exchange);
        String id = find(VIDEO_ID, body);
        json(exchange, 200, WatchPage.initialData(id, find(id), mix(find(PLAYLIST_ID, body))));
    }

    private void oembed(HttpExchange exchange) throws IOException {
        Video video = find(find(ID_AT_END, Requests.query(exchange).getOrDefault("url", "")));
        if (video == null) {
            Responses.text(exchange, 404, "text/plain", "Not Found");
        } else if (video.playability().status().equals("LOGIN_REQUIRED")) {
            Responses.text(exchange, 401, "text/plain", "Unauthorized");
        } else {
            json(
                    exchange,
                    200,
                    new JsonObject()
                            .put("title", video.title())
                            .put("author_name", video.channel())
                            .put("type", "video")
                            .put("provider_name", "YouTube")
                            .put("thumbnail_url", "https://i.ytimg.com/vi/" + video.id() + "/hqdefault.jpg"));
        }
    }

    private void media(HttpExchange exchange) throws IOException {
        Map<String, String> query = Requests.query(exchange);
        Optional<Catalogue.Entry> entry = catalogue.find(query.getOrDefault("id", ""));
        if (entry.isPresent() && exchange.getRequestURI().getPath().equals("/videoplayback")) {
            media.send(exchange, entry.get(), query);
        } else {
            Responses.empty(exchange, 404);
        }
    }

    private void record(HttpExchange exchange, String host) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        journal.accept(exchange.getRequestMethod() + " " + host + exchange.getRequestURI()
                + (range == null ? "" : " " + range));
    }

    /** YouTube shows any other playlist on its own page, and a link to it here. */
    private @Nullable Playlist mix(String id) {
        return catalogue.findPlaylist(id).filter(Playlist::isMix).orElse(null);
    }

    private @Nullable Video find(String id) {
        return catalogue.find(id).map(Catalogue.Entry::video).orElse(null);
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private static void json(HttpExchange exchange, int status, JsonObject body) throws IOException {
        Responses.json(exchange, status, body.toString());
    }
}
