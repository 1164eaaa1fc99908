package youtubemp3.web.download;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the header {@code Range} (RFC 9110, section 14). A header with several ranges, or one that is malformed, is ignored, as
 * the RFC allows: the whole file is sent.
 *
 * <p>Spring's {@code HttpRange} fails at valid ranges: at numbers above the largest long, and at {@code Bytes=}. It accepts
 * invalid ones: signs, and digits that are not ASCII.
 */
final class RangeHeader {

    private static final Pattern ONE_RANGE =
            Pattern.compile("bytes=[ \\t,]*(\\d*)-(\\d*)[ \\t,]*", Pattern.CASE_INSENSITIVE);

    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private RangeHeader() {}

    /** Returns the requested bytes of a file of this size. */
    static ByteRange parse(@Nullable String header, long size) {
        Matcher range = ONE_RANGE.matcher(header == null ? "" : header);
        if (!range.matches()) {
            return ByteRange.whole(size);
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? ByteRange.whole(size) : suffix(number(last), size);
        }
        if (!last.isEmpty() && new BigInteger(last).compareTo(new BigInteger(first)) < 0) {
            return ByteRange.whole(size);
        }
        return between(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), size);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0 ? ByteRange.UNSATISFIABLE : ByteRange.part(Math.max(0, size - length), size);
    }

    private static ByteRange between(long first, long last, long size) {
        return first >= size ? ByteRange.UNSATISFIABLE : ByteRange.part(first, Math.min(last, size - 1) + 1);
    }

    /** Clamps numbers to the largest long, which is beyond the end of every file. */
    private static long number(String digits) {
        return new BigInteger(digits).min(MAX_LONG).longValueExact();
    }
}
