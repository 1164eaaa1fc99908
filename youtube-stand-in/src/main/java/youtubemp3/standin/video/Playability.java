package youtubemp3.standin.video;

import org.jspecify.annotations.Nullable;

/**
 * What a player response says about whether the video plays.
 *
 * @param status as YouTube spells it: OK, ERROR, UNPLAYABLE, LOGIN_REQUIRED, LIVE_STREAM_OFFLINE
 * @param reason the text in the player
 * @param subreason the smaller text below
 */
public record Playability(
        String status, @Nullable String reason, @Nullable String subreason) {

    public static final Playability OK = new Playability("OK", null, null);

    public boolean isOk() {
        return status.equals(OK.status);
    }
}
