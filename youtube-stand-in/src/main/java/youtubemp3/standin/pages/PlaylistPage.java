package youtubemp3.standin.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.video.Playlist;
import youtubemp3.standin.video.Playlist.Entry;

/** Builds the page of a playlist, its continuations of a hundred videos each, and the panel of a mix. */
final class PlaylistPage {

    private static final int PAGE = 100;
    private static final int PANEL = 25;

    private static final String HTML = """
            <!DOCTYPE html><html><head><title>%s - YouTube</title><script>ytcfg.set(%s);</script></head>\
            <body><script>var ytInitialData = %s;</script></body></html>""";

    private PlaylistPage() {}

    /** Returns the page. If the playlist is null, the page says that there is none. */
    static String of(@Nullable Playlist playlist) {
        return HTML.formatted(
                WatchPage.escape(playlist == null ? "" : playlist.title()),
                WatchPage.settings("WEB"),
                data(playlist, false));
    }

    /**
     * Returns what the page shows.
     *
     * @param all whether it includes videos that are not available; yt-dlp asks for them in a second request
     */
    static JsonObject data(@Nullable Playlist playlist, boolean all) {
        JsonObject data = response();
        if (playlist == null) {
            return data.put("alerts", List.of(alert("ERROR", Playlist.MISSING)));
        }
        String error = playlist.alert();
        if (error != null) {
            return data.put("alerts", List.of(alert("ERROR", error)));
        }
        long hidden = playlist.entries().size() - shown(playlist, all).size();
        if (hidden > 0) {
            data.put("alerts", List.of(alert("INFO", hidden + " unavailable videos are hidden")));
        }
        return data.put("metadata", JsonObject.nested(playlist.title(), "playlistMetadataRenderer", "title"))
                .put(
                        "contents",
                        JsonObject.nested(List.of(tab(playlist, all)), "twoColumnBrowseResultsRenderer", "tabs"));
    }

    private static JsonObject tab(Playlist playlist, boolean all) {
        JsonObject list = shown(playlist, all).isEmpty()
                ? JsonObject.nested(text("No videos in this playlist yet"), "messageRenderer", "text")
                : JsonObject.nested(page(playlist, all, 0), "playlistVideoListRenderer", "contents");
        JsonObject section = JsonObject.nested(List.of(list), "itemSectionRenderer", "contents");
        JsonObject content = JsonObject.nested(List.of(section), "sectionListRenderer", "contents");
        return JsonObject.nested(new JsonObject().put("selected", true).put("content", content), "tabRenderer");
    }

    /** Returns the next hundred videos. */
    static JsonObject continuation(Playlist playlist, boolean all, int from) {
        JsonObject action =
                JsonObject.nested(page(playlist, all, from), "appendContinuationItemsAction", "continuationItems");
        return response().put("onResponseReceivedActions", List.of(action));
    }

    private static List<JsonObject> page(Playlist playlist, boolean all, int from) {
        List<Entry> entries = shown(playlist, all);
        int to = Math.min(entries.size(), from + PAGE);
        List<JsonObject> items = new ArrayList<>();
        for (Entry entry : entries.subList(Math.min(from, to), to)) {
            items.add(JsonObject.nested(renderer(entry), "playlistVideoRenderer"));
        }
        if (to < entries.size()) {
            String token = new Continuation(playlist.id(), all, to).token();
            items.add(JsonObject.nested(
                    JsonObject.nested(token, "continuationCommand", "token"),
                    "continuationItemRenderer",
                    "continuationEndpoint"));
        }
        return items;
    }

    private static List<Entry> shown(Playlist playlist, boolean all) {
        return all
                ? playlist.entries()
                : playlist.entries().stream().filter(Entry::isAvailable).toList();
    }

    /**
     * Returns what a watch page shows beside its video: the panel of a mix, with the videos around one of them.
     *
     * @param videoId the video that plays; if it is unknown, the panel starts with the first one
     */
    static JsonObject panel(Playlist mix, String videoId) {
        List<Entry> entries = mix.entries();
        int at = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).videoId().equals(videoId))
                .findFirst()
                .orElse(0);
        List<JsonObject> items = IntStream.range(Math.max(0, at - 1), Math.min(entries.size(), at + PANEL))
                .mapToObj(i -> panelItem(mix, i))
                .toList();
        JsonObject panel = new JsonObject()
                .put("title", mix.title())
                .put("playlistId", mix.id())
                .put("contents", items);
        return JsonObject.nested(panel, "twoColumnWatchNextResults", "playlist", "playlist");
    }

    private static JsonObject panelItem(Playlist mix, int index) {
        Entry entry = mix.entries().get(index);
        JsonObject endpoint = new JsonObject()
                .put("videoId", entry.videoId())
                .put("playlistId", mix.id())
                .put("index", index)
                .put("params", "OAE%3D");
        JsonObject renderer = renderer(entry).put("navigationEndpoint", JsonObject.nested(endpoint, "watchEndpoint"));
        return JsonObject.nested(renderer, "playlistPanelVideoRenderer");
    }

    private static JsonObject renderer(Entry entry) {
        Duration duration = entry.duration();
        return new JsonObject()
                .put("videoId", entry.videoId())
                .put("title", text(entry.title()))
                .put("lengthSeconds", duration == null ? null : String.valueOf(duration.toSeconds()))
                .put("isPlayable", entry.isAvailable());
    }

    private static JsonObject alert(String type, String message) {
        return JsonObject.nested(new JsonObject().put("type", type).put("text", text(message)), "alertRenderer");
    }

    private static JsonObject text(String text) {
        return new JsonObject().put("runs", List.of(new JsonObject().put("text", text)));
    }

    private static JsonObject response() {
        return new JsonObject().put("responseContext", new JsonObject().put("visitorData", WatchPage.VISITOR));
    }

    /** Identifies the next page of a playlist. Its token is opaque to yt-dlp. */
    record Continuation(String playlistId, boolean all, int from) {

        String token() {
            return playlistId + "." + all + "." + from;
        }

        /** @throws RuntimeException if the stand-in has not made the token */
        static Continuation of(String token) {
            String[] parts = token.split("\\.");
            return new Continuation(parts[0], Boolean.parseBoolean(parts[1]), Integer.parseInt(parts[2]));
        }
    }
}
