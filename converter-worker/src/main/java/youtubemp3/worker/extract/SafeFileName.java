package youtubemp3.worker.extract;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes a text a part of a file's name that every file system and every program that unpacks archives accepts. */
final class SafeFileName {

    /** In bytes of UTF-8. File systems allow 255, and the name gets a number and an extension. */
    private static final int MAX_BYTES = 180;

    /** What Windows forbids, which includes the separators of all systems. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\/:*?\"<>|\\p{Cc}]+");

    /** Windows ignores dots and blanks at the end. */
    private static final Pattern ENDS = Pattern.compile("^[\\s.]+|[\\s.]+$");

    private SafeFileName() {}

    /** The name, which may be empty. */
    static String of(String text) {
        String name = FORBIDDEN.matcher(text).replaceAll(" ").replaceAll("\\s+", " ");
        while (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return ENDS.matcher(name).replaceAll("");
    }
}
