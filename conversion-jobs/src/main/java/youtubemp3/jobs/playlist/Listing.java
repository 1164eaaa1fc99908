package youtubemp3.jobs.playlist;

import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;

/**
 * What has become of the request to list a playlist.
 *
 * @param playlist the playlist; null unless it is listed
 * @param failure why it cannot be listed; null unless that has failed
 */
public record Listing(
        State state, @Nullable Playlist playlist, @Nullable Failure failure) {

    /** Where a request is. */
    public enum State {
        /** A worker has not listed the playlist yet. */
        WAITING,
        /** A worker has listed it. */
        LISTED,
        /** It cannot be listed. */
        FAILED
    }
}
