package youtubemp3.web.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Reads what is left of a request's body after the answer, so that the client gets to see the answer and the connection can be
 * used again. Tomcat does so too, but waits anew for every byte: a client that sends a byte a second could go on for days.
 */
public class UnreadBodies extends ValveBase {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** As server.tomcat.max-swallow-size in web.yml, in bytes. */
    private static final int WORTH_READING = 256 * 1024;

    public UnreadBodies() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        long begin = System.nanoTime();
        getNext().invoke(request, response);
        if (request.getCoyoteRequest().isFinished()) {
            return;
        }
        response.finishResponse();
        if (!drain(request, begin)) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Whether the end came in time. */
    private static boolean drain(Request request, long begin) {
        byte[] piece = new byte[8192];
        int left = WORTH_READING;
        try {
            InputStream body = request.createInputStream();
            while (left > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
                int length = body.read(piece);
                if (length < 0) {
                    return true;
                }
                left -= length;
            }
        } catch (IOException e) {
            // broken off, or malformed
        }
        return false;
    }
}
