package youtubemp3.worker.process;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines that the tools wrote, for the classifier and for the log. Safe for several threads. */
public final class OutputTail {

    private static final int MOST = 200;

    /** Far more than any message has; with the rest, the last lines alone could fill the log and the memory. */
    private static final int LONGEST = 4096;

    /** yt-dlp quotes what follows, when it cannot read it: somebody's session. */
    private static final String SECRET = "cookie file entry";

    private final Deque<String> lines = new ArrayDeque<>();

    public synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        int secret = line.indexOf(SECRET);
        int end = secret < 0 ? line.length() : secret + SECRET.length();
        if (lines.size() == MOST) {
            lines.removeFirst();
        }
        lines.addLast(line.substring(0, Math.min(LONGEST, end)));
    }

    /** All of it, without what concerns the picture alone: a cover that is not there is no failure. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .filter(line -> !(line.startsWith("WARNING") && line.contains("thumbnail")))
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The last lines for the log, without control characters. */
    public synchronized String tail() {
        return String.join(
                        " | ",
                        lines.stream().skip(Math.max(0, lines.size() - 5)).toList())
                .replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
