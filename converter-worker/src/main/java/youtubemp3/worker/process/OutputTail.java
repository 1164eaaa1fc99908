package youtubemp3.worker.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** The last lines that the tools wrote, for the classification of failures and for the log. Thread-safe. */
public final class OutputTail {

    private static final int MAX_LINES = 200;

    /** Longer than any known message; bounds the memory and the length of the log line. */
    private static final int MAX_LINE_LENGTH = 4096;

    /** After this text, yt-dlp quotes a cookie that it cannot read. The cookie, which is a secret, is cut off. */
    private static final String SECRET = "cookie file entry";

    /** The user and the password in an address, such as that of the proxy, which yt-dlp writes with {@code --verbose}. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s@]+@");

    private final Deque<String> lines = new ArrayDeque<>();

    public synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        int secret = line.indexOf(SECRET);
        int end = secret < 0 ? line.length() : secret + SECRET.length();
        if (lines.size() == MAX_LINES) {
            lines.removeFirst();
        }
        String shown = CREDENTIALS.matcher(line.substring(0, end)).replaceAll("");
        lines.addLast(shown.substring(0, Math.min(MAX_LINE_LENGTH, shown.length())));
    }

    /** All lines but the warnings about the picture, which do not make a conversion fail. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .filter(line -> !(line.startsWith("WARNING") && line.contains("thumbnail")))
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The last five lines for the log, with control characters replaced. */
    public synchronized String tail() {
        return String.join(
                        " | ",
                        lines.stream().skip(Math.max(0, lines.size() - 5)).toList())
                .replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
