package youtubemp3.jobs.log;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes the characters of a text visible that a terminal obeys instead of showing them: the text may be a stranger's, such as a
 * proxy's answer in an exception.
 */
final class Visible {

    /** Controls but for tab and line feed, marks that turn the direction of writing or have no width, and other line ends. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}&&[^\\t\\n]]");

    private static final Pattern LINE_FEED = Pattern.compile("\\n(?=.)", Pattern.DOTALL);

    private Visible() {}

    /** With each such character as the escape by which Java and JSON write it. */
    static String text(String text) {
        return HIDDEN.matcher(text).replaceAll(Visible::escape);
    }

    /** As before, and with every line but the first indented, so that none passes for a line of the log. */
    static String message(String text) {
        return LINE_FEED.matcher(text(text)).replaceAll("\n    ");
    }

    private static String escape(MatchResult hidden) {
        StringBuilder escaped = new StringBuilder();
        hidden.group().chars().forEach(c -> escaped.append(String.format("\\\\u%04x", c)));
        return escaped.toString();
    }
}
