package youtubemp3.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The shape of the picture in a file. */
public enum Cover {
    /** As the video has it, usually 16:9. */
    ORIGINAL,
    /** The square in its centre, as music players show it. */
    SQUARE;

    /** The name in Redis, in messages and in the API: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of this name; empty for any other text. */
    public static Optional<Cover> parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.text().equals(text))
                .findFirst();
    }
}
