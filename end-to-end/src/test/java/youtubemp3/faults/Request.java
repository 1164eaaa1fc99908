package youtubemp3.faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A command on its way to Redis.
 *
 * @param name the name of the command or of the script that it runs
 * @param words the command with its arguments
 */
record Request(String name, List<String> words) {

    static Request of(List<String> words) {
        String command = words.get(0).toUpperCase(Locale.ROOT);
        String name =
                switch (command) {
                    case "EVALSHA" -> Scripts.NAMES.getOrDefault(words.get(1), command);
                    case "EVAL" -> Scripts.NAMES.getOrDefault(sha1(words.get(1)), command);
                    default -> command;
                };
        return new Request(name, words);
    }

    private static String sha1(String script) {
        try {
            byte[] text = script.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
