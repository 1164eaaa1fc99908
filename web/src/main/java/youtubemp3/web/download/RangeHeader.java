package youtubemp3.web.download;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Range} (RFC 9110, section 14). One range is served as a part. Several are not worth a multipart
 * answer here, and what is not well formed is to be ignored: both get the whole file.
 */
final class RangeHeader {

    private static final Pattern ONE_RANGE =
            Pattern.compile("bytes=[ \\t,]*(\\d*)-(\\d*)[ \\t,]*", Pattern.CASE_INSENSITIVE);

    private static final BigInteger BEYOND = BigInteger.valueOf(Long.MAX_VALUE);

    private RangeHeader() {}

    /** Which part of a file of this size is asked for. */
    static Part read(@Nullable String header, long size) {
        Matcher range = ONE_RANGE.matcher(header == null ? "" : header);
        if (!range.matches()) {
            return Part.whole(size);
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Part.whole(size) : suffix(number(last), size);
        }
        if (!last.isEmpty() && new BigInteger(last).compareTo(new BigInteger(first)) < 0) {
            return Part.whole(size);
        }
        return between(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), size);
    }

    private static Part suffix(long length, long size) {
        return length == 0 || size == 0 ? Part.NONE : Part.of(Math.max(0, size - length), size);
    }

    private static Part between(long first, long last, long size) {
        return first >= size ? Part.NONE : Part.of(first, Math.min(last, size - 1) + 1);
    }

    /** A number beyond all files stays beyond them. */
    private static long number(String digits) {
        return new BigInteger(digits).min(BEYOND).longValueExact();
    }

    /**
     * The bytes to send.
     *
     * @param kind the whole file, a part of it, or none since the range lies behind its end
     * @param start the first byte
     * @param end the byte behind the last one
     */
    record Part(Kind kind, long start, long end) {

        static final Part NONE = new Part(Kind.NONE, 0, 0);

        enum Kind {
            WHOLE,
            PART,
            NONE
        }

        static Part whole(long size) {
            return new Part(Kind.WHOLE, 0, size);
        }

        static Part of(long start, long end) {
            return new Part(Kind.PART, start, end);
        }

        long length() {
            return end - start;
        }
    }
}
