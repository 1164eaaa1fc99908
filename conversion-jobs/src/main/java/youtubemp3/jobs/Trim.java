package youtubemp3.jobs;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a video that is kept, in tenths of a second.
 *
 * @param from its start
 * @param to its end, after the start; null for the video's end
 */
public record Trim(Duration from, @Nullable Duration to) {

    /** The whole video. */
    public static final Trim NONE = new Trim(Duration.ZERO, null);

    /** Seconds, or minutes and hours before them, with up to one decimal: {@code 62.5}, {@code 1:02.5}, {@code 1:00:00}. */
    private static final Pattern TIME =
            Pattern.compile("(?:(?:([0-9]{1,3}):)?([0-5]?[0-9]):)?([0-9]{1,6})(?:[.,]([0-9]))?");

    /** How long the kept part of a video of this length is. */
    public Duration of(Duration length) {
        Duration end = to == null || to.compareTo(length) > 0 ? length : to;
        return end.compareTo(from) > 0 ? end.minus(from) : Duration.ZERO;
    }

    /** A time as a number of seconds, such as {@code 62.5}; in this form it is stored. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** The time that a text tells; empty when it tells none. */
    static Optional<Duration> time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches() || (matcher.group(2) != null && number(matcher.group(3)) > 59)) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusSeconds(number(matcher.group(3)))
                .plusMillis(100 * number(matcher.group(4))));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
