package youtubemp3.standin.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.video.Video;

/** A video's page, and the scripts that yt-dlp looks for in and around it. */
public final class WatchPage {

    /** A value that is the same everywhere; yt-dlp passes it back and forth. */
    public static final String VISITOR = "CgtzdGFuZGluMDAwMA%3D%3D";

    /** The player's own script. The formats here have neither `n` nor signature challenges, so little is in it. */
    public static final String PLAYER_SCRIPT =
            "var _yt_player={};(function(g){var a={signatureTimestamp:20680};})(_yt_player);";

    public static final String IFRAME_API = "var scriptUrl = 'https:\\/\\/www.youtube.com\\/s\\/player\\/5a0d1000"
            + "\\/www-widgetapi.vflset\\/www-widgetapi.js';";

    private WatchPage() {}

    public static String of(String id, @Nullable Video video) {
        JsonObject player = video == null ? PlayerResponse.unknown() : PlayerResponse.of(video, "WEB");
        return """
                <!DOCTYPE html><html><head><title>%s - YouTube</title><script>ytcfg.set(%s);</script></head>\
                <body><script>var ytInitialPlayerResponse = %s;</script>\
                <script>var ytInitialData = %s;</script></body></html>""".formatted(escape(video == null ? id : video.title()), settings("WEB"), player, initialData(video));
    }

    /** A page without a video. The newer yt-dlp asks the embedding one at an age gate and fails without its settings. */
    public static String other(String client) {
        return "<html><script>ytcfg.set(" + settings(client) + ");</script></html>";
    }

    /** Where the newer yt-dlp takes the channel's name from; without "contents" it would ask /youtubei/v1/next. */
    public static JsonObject initialData(@Nullable Video video) {
        List<JsonObject> contents = video == null ? List.of() : List.of(owner(video));
        return new JsonObject()
                .put("responseContext", new JsonObject().put("visitorData", VISITOR))
                .put(
                        "contents",
                        JsonObject.nested(contents, "twoColumnWatchNextResults", "results", "results", "contents"));
    }

    private static JsonObject owner(Video video) {
        JsonObject renderer = new JsonObject()
                .put("title", new JsonObject().put("runs", List.of(new JsonObject().put("text", video.channel()))))
                .put(
                        "navigationEndpoint",
                        new JsonObject()
                                .put(
                                        "browseEndpoint",
                                        new JsonObject()
                                                .put("browseId", PlayerResponse.CHANNEL_ID)
                                                .put("canonicalBaseUrl", "/@standin")));
        return JsonObject.nested(renderer, "videoSecondaryInfoRenderer", "owner", "videoOwnerRenderer");
    }

    private static JsonObject settings(String client) {
        return new JsonObject()
                .put("INNERTUBE_API_KEY", "standin")
                .put("VISITOR_DATA", VISITOR)
                .put("PLAYER_JS_URL", "/s/player/5a0d1000/player_ias.vflset/en_US/base.js")
                .put("STS", 20680)
                .put(
                        "INNERTUBE_CONTEXT",
                        new JsonObject()
                                .put(
                                        "client",
                                        new JsonObject()
                                                .put("clientName", client)
                                                .put("clientVersion", "2.20260708.00.00")
                                                .put("hl", "en")
                                                .put("visitorData", VISITOR)));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
