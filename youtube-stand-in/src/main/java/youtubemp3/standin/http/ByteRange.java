package youtubemp3.standin.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a file.
 *
 * @param start its first byte
 * @param length how many; none or fewer if it lies beyond the end
 */
public record ByteRange(long start, long length) {

    private static final Pattern PART = Pattern.compile("(?:bytes=)?(\\d{1,18})-(\\d{0,18})");

    /**
     * The part of this one that was asked for.
     *
     * @param asked as {@code 0-99}, {@code bytes=0-99} or {@code bytes=100-}; this range itself if null or anything else
     */
    public ByteRange part(@Nullable String asked) {
        Matcher numbers = PART.matcher(asked == null ? "" : asked);
        if (!numbers.matches()) {
            return this;
        }
        long first = Long.parseLong(numbers.group(1));
        long last = numbers.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(numbers.group(2)));
        return new ByteRange(start + first, last - first + 1);
    }
}
