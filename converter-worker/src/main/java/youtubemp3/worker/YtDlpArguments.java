package youtubemp3.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/** Further arguments for yt-dlp, which are given as one line. */
public final class YtDlpArguments {

    /** The older form has commas instead of blanks: a comma follows the first option, or precedes another one. */
    private static final Pattern WITH_COMMAS = Pattern.compile("(-\\w|--[\\w-]+),.*|.*,--\\w.*");

    private final List<String> values;

    private YtDlpArguments(List<String> values) {
        this.values = values;
    }

    /**
     * Splits a line at its blanks, as a shell does: quotes and the backslash keep a blank in an argument. Nothing else is special,
     * neither commas nor variables. A line in the older form, without blanks, is split at its commas.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    public static YtDlpArguments valueOf(String line) {
        return new YtDlpArguments(
                WITH_COMMAS.matcher(line).matches() && line.matches("[^\\s'\"\\\\]*")
                        ? List.of(line.split(","))
                        : split(line));
    }

    /** The arguments, each an option or an option's value. */
    public List<String> values() {
        return values;
    }

    private static List<String> split(String line) {
        List<String> arguments = new ArrayList<>();
        // null between arguments; an empty one is ''
        @Nullable StringBuilder argument = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (argument != null) {
                    arguments.add(argument.toString());
                }
                argument = null;
                continue;
            }
            argument = argument == null ? new StringBuilder() : argument;
            if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
                quote = quote == 0 ? c : 0;
            } else if (isEscape(line, i, quote)) {
                i++;
                argument.append(line.charAt(i));
            } else {
                argument.append(c);
            }
        }
        Assert.isTrue(quote == 0, "a quote is not closed");
        if (argument != null) {
            arguments.add(argument.toString());
        }
        return List.copyOf(arguments);
    }

    /** Within double quotes, a backslash escapes only them and itself; within single quotes nothing. */
    private static boolean isEscape(String line, int at, char quote) {
        if (line.charAt(at) != '\\' || at + 1 == line.length()) {
            return false;
        }
        char next = line.charAt(at + 1);
        return quote == 0 || (quote == '"' && (next == '"' || next == '\\'));
    }

    /** Omits the arguments, which may hold a password. */
    @Override
    public String toString() {
        return values.size() + " arguments";
    }
}
