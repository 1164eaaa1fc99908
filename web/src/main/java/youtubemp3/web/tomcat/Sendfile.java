package youtubemp3.web.tomcat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.Constants;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets the kernel send files that are open already. Tomcat would be given a name and open it later, and by then the name may be
 * that of a link to another file. So it is given a random name, under which its connector finds the open file.
 */
@Component
public class Sendfile {

    private final Map<String, FileChannel> open = new ConcurrentHashMap<>();

    /** Whether the connector of this request can; one with TLS cannot. */
    public static boolean isSupported(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(Constants.SENDFILE_SUPPORTED_ATTR));
    }

    /**
     * Sends the response's head; the part of the file follows when the request has been answered.
     *
     * @param start the part's first byte
     * @param end the byte behind its last
     * @return whether the connector has taken the file: then it closes it, else that stays the caller's to do
     */
    public boolean send(
            FileChannel file, long start, long end, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = UUID.randomUUID().toString();
        open.put(name, file);
        boolean taken;
        try {
            request.setAttribute(Constants.SENDFILE_FILENAME_ATTR, name);
            request.setAttribute(Constants.SENDFILE_FILE_START_ATTR, start);
            request.setAttribute(Constants.SENDFILE_FILE_END_ATTR, end);
            response.flushBuffer();
        } finally {
            taken = open.remove(name) == null;
        }
        return taken;
    }

    /** A connection whose files are those above. */
    final class Connection extends NioEndpoint.NioSocketWrapper {

        Connection(NioChannel channel, NioEndpoint endpoint) {
            super(channel, endpoint);
        }

        @Override
        public SendfileDataBase createSendfileData(String name, long position, long length) {
            return new OpenFile(name, position, length, open.remove(name));
        }
    }

    private static final class OpenFile extends NioEndpoint.SendfileData {

        OpenFile(String name, long position, long length, @Nullable FileChannel file) {
            super(name, position, length);
            fchannel = file;
        }
    }
}
