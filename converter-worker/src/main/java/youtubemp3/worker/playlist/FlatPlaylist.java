package youtubemp3.worker.playlist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.worker.process.VisibleLine;

/** Reads what yt-dlp prints with {@code --flat-playlist --dump-single-json}. */
final class FlatPlaylist {

    /** What YouTube has in place of the title of a video that is not available. yt-dlp asks for the English page. */
    private static final String PRIVATE_VIDEO = "[Private video]";

    private static final String DELETED_VIDEO = "[Deleted video]";

    private static final JsonMapper JSON = new JsonMapper();

    private FlatPlaylist() {}

    /**
     * Reads a playlist. Entries that are not videos are left out.
     *
     * @param max the number of videos after which it is cut
     * @return empty if the text is not a playlist
     */
    static Optional<Playlist> parse(byte[] json, PlaylistId id, int max) {
        JsonNode playlist;
        try {
            playlist = JSON.readTree(json);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!playlist.path("entries").isArray()) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        playlist.path("entries").forEach(entry -> entry(entry).ifPresent(entries::add));
        boolean cut = playlist.path("entries").size() > max;
        String title = VisibleLine.of(playlist.path("title").asString(""));
        return Optional.of(new Playlist(
                id, title.isEmpty() ? id.value() : title, entries.subList(0, Math.min(max, entries.size())), cut));
    }

    private static Optional<Entry> entry(JsonNode entry) {
        return VideoId.parse(entry.path("id").asString("")).map(video -> {
            String title = VisibleLine.of(entry.path("title").asString(""));
            return new Entry(
                    video,
                    title.isEmpty() ? video.value() : title,
                    duration(entry.path("duration")),
                    availability(title));
        });
    }

    /** yt-dlp writes seconds, which may have a fraction. */
    private static @Nullable Duration duration(JsonNode seconds) {
        return seconds.isNumber() && seconds.asDouble() > 0 ? Duration.ofSeconds((long) seconds.asDouble()) : null;
    }

    private static Availability availability(String title) {
        return switch (title) {
            case PRIVATE_VIDEO -> Availability.PRIVATE;
            case DELETED_VIDEO -> Availability.REMOVED;
            default -> Availability.AVAILABLE;
        };
    }
}
