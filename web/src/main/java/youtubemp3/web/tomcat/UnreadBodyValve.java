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
 * Reads what is left of a request's body after the answer, so that the client gets to see the answer and the connection can be
 * used again. Tomcat does so too, but waits anew for every byte: a client that sends a byte a second could go on for days.
 */
public class UnreadBodyValve extends ValveBase {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** As server.tomcat.max-swallow-size in web.yml, in bytes. */
    private static final int WORTH_READING = 256 * 1024;

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

    /** Whether the end came in time. */
    private static boolean drain(Request request, long begin) {
        Discarded body = new Discarded();
        int left = WORTH_READING;
        try {
            while (left > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
                // not from the servlet's stream, which the error page has closed
                int length = request.getCoyoteRequest().doRead(body);
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

    /** Is handed the bytes. */
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
