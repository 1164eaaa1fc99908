package youtubemp3.worker.process;

import java.util.regex.Pattern;

/** Reduces untrusted text to one line of visible characters, before a tag, a status, a file's name or a log gets it. */
public final class VisibleLine {

    /** In code points. YouTube limits titles to 100, but a track's name comes from the description, of up to 5,000. */
    private static final int MAX_CHARACTERS = 300;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /**
     * Control, format, surrogate, unassigned and private-use characters. The joiners U+200C and U+200D are kept: Persian and Indic
     * words and many emoji need them.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Co}]&&[^\\x{200C}\\x{200D}]]");

    private VisibleLine() {}

    /** The line, without blanks around it; empty if nothing of the text is visible. */
    public static String of(String untrusted) {
        String line = BLANKS.matcher(untrusted).replaceAll(" ");
        String visible = BLANKS.matcher(INVISIBLE.matcher(line).replaceAll("")).replaceAll(" ");
        int end = visible.codePointCount(0, visible.length()) > MAX_CHARACTERS
                ? visible.offsetByCodePoints(0, MAX_CHARACTERS)
                : visible.length();
        return visible.substring(0, end).strip();
    }
}
