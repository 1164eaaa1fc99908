package youtubemp3.jobs.log;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Escapes the characters that a terminal interprets instead of displaying. The text may be untrusted, such as the response of a
 * proxy in an exception.
 */
final class Visible {

    /** Control characters except tab and line feed, format characters (bidirectional, zero-width), and line separators. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}&&[^\\t\\n]]");

    private static final Pattern LINE_FEED = Pattern.compile("\\n(?=.)", Pattern.DOTALL);

    private Visible() {}

    /** Replaces each such character by its Unicode escape, as in Java and JSON. */
    static String text(String text) {
        return HIDDEN.matcher(text).replaceAll(Visible::escape);
    }

    /** Also indents every line but the first, so that none can pass for a log line. */
    static String message(String text) {
        return LINE_FEED.matcher(text(text)).replaceAll("\n    ");
    }

    private static String escape(MatchResult hidden) {
        StringBuilder escaped = new StringBuilder();
        hidden.group().chars().forEach(c -> escaped.append(String.format("\\\\u%04x", c)));
        return escaped.toString();
    }
}
