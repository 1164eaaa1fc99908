package youtubemp3.web.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Completes the response, and then discards the unread part of the request's body, so that the client sees the response and the
 * connection can be reused. Tomcat can do the same, but its timeout is for each read, so a client that sends one byte per second
 * could continue for days. The connection is closed if a part is left.
 */
public class UnreadBodyValve extends ValveBase {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** As server.tomcat.max-swallow-size in web.yml, in bytes. */
    private static final int MAX_BYTES = 256 * 1024;

    public UnreadBodyValve() {
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

    /** Whether the body ended in time. */
    private static boolean drain(Request request, long begin) {
        Discarded body = new Discarded();
        int left = MAX_BYTES;
        try {
            while (left > 0 && System.nanoTime() - begin < TIMEOUT.toNanos()) {
                // not from the servlet's stream, which the error page has closed
                int length = request.getCoyoteRequest().doRead(body);
                if (length < 0) {
                    return true;
                }
                left -= length;
            }
        } catch (IOException e) {
            // the client has closed the connection, or its chunks are malformed
        }
        return false;
    }

    /** Receives the bytes. */
    private static final class Discarded implements ApplicationBufferHandler {

        private ByteBuffer piece = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer piece) {
            this.piece = piece;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return piece;
        }

        @Override
        public void expand(int size) {
            // the connector's buffer is large enough
        }
    }
}
