package youtubemp3.worker.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the output of a tool line by line on a thread of its own. Only {@code \n} ends a line: yt-dlp writes {@code \r} within
 * some. Each line is truncated to 64 Ki characters, which bounds the memory.
 */
public final class LineReader {

    private static final Logger log = LoggerFactory.getLogger(LineReader.class);
    private static final int MAX_LINE_LENGTH = 64 << 10;

    private final Thread thread;

    /** Starts reading; ends with the stream. */
    public LineReader(String name, InputStream stream, Consumer<String> line) {
        thread = new Thread(() -> read(stream, line), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void read(InputStream stream, Consumer<String> line) {
        StringBuilder text = new StringBuilder();
        try (Reader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    line.accept(text.toString());
                    text.setLength(0);
                } else if (text.length() < MAX_LINE_LENGTH) {
                    text.append(c == '\r' ? ' ' : (char) c);
                }
            }
        } catch (IOException e) {
            // ending the process closes the stream
            log.trace("reading", e);
        }
        if (!text.isEmpty()) {
            line.accept(text.toString());
        }
    }

    /** Waits up to 5 s for the end of the stream, which a grandchild process may hold open. */
    public void await() throws InterruptedException {
        thread.join(5000);
    }
}
