package youtubemp3.standin.video;

import org.jspecify.annotations.Nullable;

/**
 * Corresponds to the {@code playabilityStatus} of a player response: whether the video plays, and if not, why.
 *
 * @param status YouTube's own value: OK, ERROR, UNPLAYABLE, LOGIN_REQUIRED or LIVE_STREAM_OFFLINE
 * @param reason the text that the player shows
 * @param subreason the smaller text below the reason
 * @param ageRestricted whether the video is restricted to adults
 */
public record Playability(
        String status, @Nullable String reason, @Nullable String subreason, boolean ageRestricted) {

    static final Playability OK = new Playability("OK", null, null, false);

    /** YouTube responds with this value to an id that does not belong to a video. */
    public static final Playability UNKNOWN_VIDEO =
            new Playability("ERROR", "Video unavailable", "This video isn't available anymore", false);

    /** Returns whether the video plays. */
    public boolean isOk() {
        return status.equals(OK.status);
    }
}
