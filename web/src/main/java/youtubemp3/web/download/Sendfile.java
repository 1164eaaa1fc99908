package youtubemp3.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends open files with sendfile, by Tomcat's request attributes. Tomcat takes the name of a file and opens it later, when another
 * file may have the name. So this passes a random name, under which the connector finds the open file.
 */
@Component
public class Sendfile {

    private static final String SUPPORT_ATTRIBUTE = "org.apache.tomcat.sendfile.support";

    private final Map<String, FileChannel> byName = new ConcurrentHashMap<>();
    private final Set<FileChannel> running = ConcurrentHashMap.newKeySet();

    /** Whether the connector of this request supports sendfile; a connector with TLS does not. */
    public static boolean isSupported(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(SUPPORT_ATTRIBUTE));
    }

    /**
     * Sends the header section of the response; Tomcat sends the range of the file when the request has ended.
     *
     * @param start the first byte of the range
     * @param end the byte after its last
     * @return whether Tomcat has taken the file and will close it; if not, the caller closes it
     */
    public boolean send(
            FileChannel file, long start, long end, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = UUID.randomUUID().toString();
        byName.put(name, file);
        running.add(file);
        boolean taken;
        try {
            request.setAttribute("org.apache.tomcat.sendfile.filename", name);
            request.setAttribute("org.apache.tomcat.sendfile.start", start);
            request.setAttribute("org.apache.tomcat.sendfile.end", end);
            response.flushBuffer();
        } finally {
            taken = byName.remove(name) == null;
            if (!taken) {
                running.remove(file);
            }
        }
        return taken;
    }

    /** The number of files being sent. Tomcat closes a file when it is sent, or when its connection ends. */
    public int running() {
        running.removeIf(file -> !file.isOpen());
        return running.size();
    }

    /** For the connector: returns the file of this name, which the connector then closes. */
    public @Nullable FileChannel take(String name) {
        return byName.remove(name);
    }
}
