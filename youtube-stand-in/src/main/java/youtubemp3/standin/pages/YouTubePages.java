package youtubemp3.standin.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.http.Responses;
import youtubemp3.standin.http.Throttle;
import youtubemp3.standin.media.MediaResponse;
import youtubemp3.standin.proxy.RequestJournal;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.Thumbnail;
import youtubemp3.standin.video.Video;

/** Leads each request to the part of YouTube it is for. */
public final class YouTubePages implements HttpHandler {

    private static final System.Logger LOGGER = System.getLogger(YouTubePages.class.getName());
    private static final Pattern THUMBNAIL = Pattern.compile("/vi/([^/]+)/([a-z0-9]+)\\.jpg");
    private static final Pattern VIDEO_ID = Pattern.compile("\"videoId\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern CLIENT = Pattern.compile("\"clientName\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID_AT_END = Pattern.compile("([A-Za-z0-9_-]{11})$");

    private final Catalogue catalogue;
    private final RequestJournal log;
    private final MediaResponse mediaReply;

    public YouTubePages(Catalogue catalogue, RequestJournal log, long bytesPerSecond) {
        this.catalogue = catalogue;
        this.log = log;
        mediaReply = new MediaResponse(bytesPerSecond);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = host(exchange);
            log(exchange, host);
            if (host.equals("manifest.googlevideo.com")) {
                manifest(exchange);
            } else if (host.endsWith(".googlevideo.com")) {
                media(exchange);
            } else {
                page(exchange);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a fault of the stand-in at " + exchange.getRequestURI(), e);
            throw e;
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/vi/") || path.startsWith("/vi_webp/")) {
            thumbnail(exchange, path);
        } else if (path.startsWith("/embed/")) {
            Responses.html(exchange, 200, WatchPage.other("WEB_EMBEDDED_PLAYER"));
        } else if (path.startsWith("/s/player/")) {
            Responses.text(exchange, 200, "text/javascript", WatchPage.PLAYER_SCRIPT);
        } else {
            switch (path) {
                case "/watch" -> watch(exchange);
                case "/youtubei/v1/player" -> player(exchange);
                case "/youtubei/v1/next" -> next(exchange);
                case "/oembed" -> oembed(exchange);
                case "/tv" -> Responses.html(exchange, 200, WatchPage.other("TVHTML5"));
                case "/" -> Responses.html(exchange, 200, WatchPage.other("WEB"));
                case "/iframe_api" -> Responses.text(exchange, 200, "text/javascript", WatchPage.IFRAME_API);
                default -> Responses.html(exchange, 404, "<html><title>404 Not Found</title></html>");
            }
        }
    }

    private void watch(HttpExchange exchange) throws IOException {
        String id = query(exchange).getOrDefault("v", "");
        Video video = find(id);
        if (video != null && video.watchStatus() != 200) {
            Responses.html(exchange, video.watchStatus(), "<html>" + video.watchStatus() + "</html>");
        } else {
            Responses.html(exchange, 200, WatchPage.of(id, video));
        }
    }

    private void player(HttpExchange exchange) throws IOException {
        String body = body(exchange);
        String id = find(VIDEO_ID, body);
        String client = find(CLIENT, body);
        log.add("PLAYER " + client + " " + id);
        Video video = find(id);
        if (video == null) {
            Responses.json(exchange, 200, PlayerResponse.unknown());
            return;
        }
        Responses.pause(video.playerDelay());
        if (video.playerStatus() == 200) {
            Responses.json(exchange, 200, PlayerResponse.of(video, client));
        } else {
            Responses.json(exchange, video.playerStatus(), PlayerResponse.failure(video.playerStatus()));
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        Responses.json(exchange, 200, WatchPage.initialData(find(find(VIDEO_ID, body(exchange)))));
    }

    private void oembed(HttpExchange exchange) throws IOException {
        Video video = find(find(ID_AT_END, query(exchange).getOrDefault("url", "")));
        if (video == null) {
            Responses.text(exchange, 404, "text/plain", "Not Found");
        } else if (video.playability().status().equals("LOGIN_REQUIRED")) {
            Responses.text(exchange, 401, "text/plain", "Unauthorized");
        } else {
            Responses.json(
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

    private void thumbnail(HttpExchange exchange, String path) throws IOException {
        Matcher parts = THUMBNAIL.matcher(path);
        Video video = parts.matches() ? find(parts.group(1)) : null;
        if (video == null) {
            Responses.bytes(exchange, 404, "image/jpeg", ThumbnailPicture.missing());
            return;
        }
        Thumbnail thumbnail = video.thumbnail();
        Responses.pause(thumbnail.delay());
        if (thumbnail.location() != null) {
            exchange.getResponseHeaders().set("Location", thumbnail.location().toString());
        }
        byte[] body = thumbnail.body();
        if (thumbnail.status() == 404) {
            Responses.bytes(exchange, 404, "image/jpeg", ThumbnailPicture.missing());
        } else if (thumbnail.endlessRate() != null) {
            Responses.forEver(exchange, thumbnail.contentType(), new Throttle(thumbnail.endlessRate()));
        } else if (body == null) {
            Responses.bytes(exchange, 200, "image/jpeg", ThumbnailPicture.of(video.id(), parts.group(2)));
        } else {
            Responses.bytes(exchange, thumbnail.status(), thumbnail.contentType(), body);
        }
    }

    private void media(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        Optional<Catalogue.Entry> entry = catalogue.find(query.getOrDefault("id", ""));
        if (entry.isPresent() && exchange.getRequestURI().getPath().equals("/videoplayback")) {
            mediaReply.send(exchange, entry.get(), query);
        } else {
            Responses.text(exchange, 404, "text/plain", "");
        }
    }

    /** A live stream: yt-dlp reads it to list the formats, but is told by its filter not to download. */
    private static void manifest(HttpExchange exchange) throws IOException {
        String playlist = exchange.getRequestURI().getPath().contains("hls_variant") ? """
                #EXTM3U
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-STREAM-INF:BANDWIDTH=290288,CODECS="avc1.4D400C,mp4a.40.5",RESOLUTION=256x144,FRAME-RATE=30
                https://manifest.googlevideo.com/api/manifest/hls_playlist/itag/91/playlist/index.m3u8
                """ : """
                #EXTM3U
                #EXT-X-VERSION:3
                #EXT-X-TARGETDURATION:5
                #EXT-X-MEDIA-SEQUENCE:1
                #EXTINF:5.0,
                https://rr1---sn-standin.googlevideo.com/videoplayback/id/none/sq/1/file/seg.ts
                """;
        Responses.text(exchange, 200, "application/vnd.apple.mpegurl", playlist);
    }

    private void log(HttpExchange exchange, String host) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        log.add(exchange.getRequestMethod() + " " + host + exchange.getRequestURI()
                + (range == null ? "" : " " + range));
    }

    private @Nullable Video find(String id) {
        return catalogue.find(id).map(Catalogue.Entry::video).orElse(null);
    }

    private static String host(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host == null ? "" : host.replaceAll(":\\d+$", "");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private static Map<String, String> query(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        if (uri.getRawQuery() == null) {
            return Map.of();
        }
        return Arrays.stream(uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, last) -> last));
    }
}
