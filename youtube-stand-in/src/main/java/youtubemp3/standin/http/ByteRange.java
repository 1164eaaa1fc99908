package youtubemp3.standin.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a range of the bytes of a file, as in RFC 9110, section 14.
 *
 * @param start the offset of the first byte
 * @param length the number of bytes; 0 or less for a range that starts beyond the end
 */
public record ByteRange(long start, long length) {

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?(\\d{1,18})-(\\d{0,18})");

    /**
     * Returns the part of this range that a client requests.
     *
     * @param requested {@code 0-99}, {@code bytes=0-99} or {@code bytes=100-}, counted from the start of this range; null or
     *     any other text stands for the whole of it
     */
    public ByteRange part(@Nullable String requested) {
        Matcher numbers = RANGE.matcher(requested == null ? "" : requested);
        if (!numbers.matches()) {
            return this;
        }
        long first = Long.parseLong(numbers.group(1));
        long last = numbers.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(numbers.group(2)));
        return new ByteRange(start + first, last - first + 1);
    }

    /**
     * Returns the value of the Content-Range header for this range.
     *
     * @param resource the whole resource, which contains this range
     */
    public String contentRange(ByteRange resource) {
        if (length <= 0) {
            return "bytes */" + resource.length;
        }
        long first = start - resource.start;
        return "bytes " + first + "-" + (first + length - 1) + "/" + resource.length;
    }
}
