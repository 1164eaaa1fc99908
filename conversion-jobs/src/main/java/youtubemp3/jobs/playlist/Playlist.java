package youtubemp3.jobs.playlist;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.VideoId;

/**
 * What is in a playlist.
 *
 * @param title the title, as one visible line
 * @param entries its videos, in their order
 * @param cut whether there are more of them, which are left out
 */
public record Playlist(PlaylistId id, String title, List<Entry> entries, boolean cut) {

    public Playlist {
        entries = List.copyOf(entries);
    }

    /**
     * A video of a playlist.
     *
     * @param title the title, as one visible line; for a video that is not available, a sentence of YouTube in brackets
     * @param duration its length; null if YouTube does not tell, as for live streams and videos that are not available
     */
    public record Entry(
            VideoId video, String title, @Nullable Duration duration, Availability availability) {

        public Entry {
            Objects.requireNonNull(video);
            Objects.requireNonNull(title);
            Objects.requireNonNull(availability);
        }
    }

    /** Whether a video can be had, as far as the playlist tells. */
    public enum Availability {
        /** Nothing is known against it. */
        AVAILABLE,
        /** Only some people may see it. */
        PRIVATE,
        /** YouTube has it no longer. */
        REMOVED
    }
}
