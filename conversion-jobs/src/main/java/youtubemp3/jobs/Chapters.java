package youtubemp3.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a video's chapters. */
public enum Chapters {
    /** They are left out. */
    NONE,
    /** They are marked in the file, so that a player can go to each. */
    MARK,
    /** Each becomes a file with its number as the track number, and all files a ZIP. */
    SPLIT;

    /** The name in Redis, in messages and in the API: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of this name; empty for any other text. */
    public static Optional<Chapters> parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.text().equals(text))
                .findFirst();
    }
}
