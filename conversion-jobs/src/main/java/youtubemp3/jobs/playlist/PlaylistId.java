package youtubemp3.jobs.playlist;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.VideoId;

/**
 * The id by which YouTube knows a playlist, an album or a mix. As with {@link VideoId}, nothing else of what a person typed reaches a
 * command line or a Redis key.
 *
 * @param value what YouTube's addresses have as {@code list}
 * @param video the video that a mix begins with; null for any other playlist
 */
public record PlaylistId(String value, @Nullable VideoId video) {

    /** The shorter ones, such as {@code WL}, are lists of the person who is signed in: with cookies, those of the operator. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{12,64}|RD[A-Za-z0-9_-]{2,9}");

    private static final String MIX = "RD";

    /** Playlists of YouTube Music's editors, which are no mixes in spite of their prefix. */
    private static final String CURATED = "RDCLAK5uy_";

    /** Separates the video in the text form; neither id contains it. */
    private static final String SEPARATOR = ".";

    /**
     * @param video for a mix, null stands for its last 11 characters; otherwise it is ignored
     * @throws IllegalArgumentException unless the value is an id, with a video if it is that of a mix
     */
    public PlaylistId {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a playlist id");
        }
        if (!isMix(value)) {
            video = null;
        } else if (video == null) {
            video = videoAtEnd(value).orElseThrow(() -> new IllegalArgumentException("a mix without a video"));
        }
    }

    /**
     * The id in a link; empty if there is none.
     *
     * @param list the parameter {@code list}
     * @param video the parameter {@code v}, or null
     */
    public static Optional<PlaylistId> of(String list, @Nullable VideoId video) {
        boolean is = ID.matcher(list).matches()
                && (!isMix(list) || video != null || videoAtEnd(list).isPresent());
        return is ? Optional.of(new PlaylistId(list, video)) : Optional.empty();
    }

    /** The id of this {@linkplain #toString() text form}; empty for any other text. */
    public static Optional<PlaylistId> parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            return of(text, null);
        }
        return VideoId.parse(text.substring(separator + 1))
                .flatMap(video -> of(text.substring(0, separator), video))
                .filter(id -> id.toString().equals(text));
    }

    /** Whether YouTube makes the playlist up while it plays, beginning with a video. It has no end. */
    public boolean isMix() {
        return isMix(value);
    }

    /** The address of the page that lists the videos. */
    public String address() {
        return video == null
                ? "https://www.youtube.com/playlist?list=" + value
                : video.watchAddress() + "&list=" + value;
    }

    private static boolean isMix(String value) {
        return value.startsWith(MIX) && !value.startsWith(CURATED);
    }

    private static Optional<VideoId> videoAtEnd(String mix) {
        return mix.length() < MIX.length() + 11 ? Optional.empty() : VideoId.parse(mix.substring(mix.length() - 11));
    }

    /** The value; for a mix whose value does not end in its video, followed by a dot and the video. */
    @Override
    public String toString() {
        return video == null || value.endsWith(video.value()) ? value : value + SEPARATOR + video;
    }
}
