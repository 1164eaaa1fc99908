package youtubemp3.jobs;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The eleven characters by which YouTube knows a video. Only such a value ever reaches a command line, a request or a
 * Redis key: whatever a person typed stays outside.
 */
public record VideoId(String value) {

    private static final Pattern ELEVEN = Pattern.compile("[A-Za-z0-9_-]{11}");

    /**
     * @throws IllegalArgumentException unless the value is exactly eleven of {@code A-Z a-z 0-9 _ -}
     */
    public VideoId {
        if (!ELEVEN.matcher(value).matches()) {
            throw new IllegalArgumentException("not a video id");
        }
    }

    /** The id that this text is, or empty where it is none. */
    public static Optional<VideoId> parse(String text) {
        return ELEVEN.matcher(text).matches() ? Optional.of(new VideoId(text)) : Optional.empty();
    }

    /** The canonical address of the video's page. */
    public String watchAddress() {
        return "https://www.youtube.com/watch?v=" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
