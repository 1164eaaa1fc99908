package youtubemp3.jobs.storage;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Makes a text the name of a file, without its extension, that ext4, NTFS, exFAT and SMB accept and that hides nothing. */
public final class SafeFileName {

    private static final int MAX_LENGTH = 150;

    /** Most file systems allow 255 bytes; a browser may add " (1)" and the extension of an unfinished download. */
    private static final int MAX_BYTES = 220;

    private static final Pattern COLON_AND_BLANK = Pattern.compile(" ?: ");
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\|:]");
    private static final Pattern RESERVED = Pattern.compile("[*?<>]");
    /** Control characters, and bidirectional marks, which can hide the extension of a name. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}&&\\S]|[\\x{61C}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}\\p{Cs}\\p{Cn}\\p{Co}]");

    /** Names of devices on Windows, with any extension. */
    private static final Pattern DEVICE = Pattern.compile(
            "(?:con|prn|aux|nul|(?:com|lpt)[0-9\\x{B9}\\x{B2}\\x{B3}]) *(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    /** A leading dot hides a file, and a leading dash looks like an option. */
    private static final Pattern LEADING_DOTS_AND_DASHES = Pattern.compile("^[-. ]+");

    private static final Pattern TRAILING_DOTS = Pattern.compile("[. ]+$");

    private SafeFileName() {}

    /** The name, which is empty if nothing of the text is left. */
    public static String of(String text) {
        // the patterns below expect single blanks
        String name = BLANKS.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll(" ");
        name = COLON_AND_BLANK.matcher(name).replaceAll(" - ");
        name = SEPARATORS.matcher(name).replaceAll("-").replace('"', '\'');
        name = RESERVED.matcher(name).replaceAll("");
        // after the removal of characters between a letter and its accent
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
        name = BLANKS.matcher(name).replaceAll(" ");
        name = LEADING_DOTS_AND_DASHES.matcher(name).replaceFirst("");
        name = DEVICE.matcher(name).matches() ? "_" + name : name;
        return TRAILING_DOTS.matcher(shortened(name)).replaceFirst("");
    }

    private static String shortened(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int character = name.codePointAt(end);
            int next = end + Character.charCount(character);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (next > MAX_LENGTH || bytes > MAX_BYTES) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }
}
