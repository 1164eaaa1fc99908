package youtubemp3.standin.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.video.Playability;
import youtubemp3.standin.video.Playlist;
import youtubemp3.standin.video.Video;

/** Builds the watch page of a video, and provides the scripts that yt-dlp loads with it. */
final class WatchPage {

    /** yt-dlp takes this visitor id from a response and sends it with the next request. */
    static final String VISITOR = "CgtzdGFuZGluMDAwMA%3D%3D";

    /** The player's script lacks decryption functions, since the stand-in's formats have no signatures to decrypt. */
    static final String PLAYER_SCRIPT =
            "var _yt_player={};(function(g){var a={signatureTimestamp:20680};})(_yt_player);";

    /** yt-dlp takes the version of the player from this script of YouTube's IFrame API. */
    static final String IFRAME_API = "var scriptUrl = 'https:\\/\\/www.youtube.com\\/s\\/player\\/5a0d1000"
            + "\\/www-widgetapi.vflset\\/www-widgetapi.js';";

    private static final String PAGE = """
            <!DOCTYPE html><html><head><title>%s - YouTube</title><script>ytcfg.set(%s);</script></head>\
            <body><script>var ytInitialPlayerResponse = %s;</script>\
            <script>var ytInitialData = %s;</script></body></html>""";

    private WatchPage() {}

    /**
     * Returns the watch page of a video.
     *
     * @param video if it is null, the page says that the id is unknown
     * @param mix the mix that is shown beside the video, or null
     */
    static String of(String id, @Nullable Video video, @Nullable Playlist mix) {
        JsonObject player =
                video == null ? PlayerResponse.of(Playability.UNKNOWN_VIDEO) : PlayerResponse.of(video, "WEB");
        String title = escape(video == null ? id : video.title());
        return PAGE.formatted(title, settings("WEB"), player, initialData(id, video, mix));
    }

    /**
     * Returns a page that has no video but the settings of an InnerTube client. At an age gate, yt-dlp of 2026 loads the
     * page for embedding, and fails if its settings are missing.
     */
    static String withoutVideo(String client) {
        return "<html><script>ytcfg.set(" + settings(client) + ");</script></html>";
    }

    /**
     * Returns the data from which yt-dlp of 2026 takes the name of the channel. Without "contents" it would request them.
     */
    static JsonObject initialData(String id, @Nullable Video video, @Nullable Playlist mix) {
        if (mix != null) {
            return new JsonObject()
                    .put("responseContext", new JsonObject().put("visitorData", VISITOR))
                    .put("contents", PlaylistPage.panel(mix, id));
        }
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

    static JsonObject settings(String client) {
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

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
