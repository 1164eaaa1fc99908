package youtubemp3.web.system;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.tomcat.util.buf.ByteChunk;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of a request before the request is handed on, without a thread while nothing arrives: a client that sends a
 * byte a second costs a connection and no more. A valve, since only here is it early enough: everything behind it, Spring's
 * filters included, sees an ordinary request whose body is there.
 *
 * <p>What is longer than {@link #LARGEST} is read and thrown away, so that the client gets to see the answer; a client that
 * sends much more, or takes longer than {@link #PATIENCE}, is cut off.
 */
public class RequestBodies extends ValveBase {

    /** The longest body that any address takes, in bytes. */
    public static final int LARGEST = 8 * 1024;

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int WORTH_READING = 256 * 1024;

    private final JsonMapper json = new JsonMapper();

    public RequestBodies() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.isAsync() || request.getCoyoteRequest().isFinished()) {
            getNext().invoke(request, response);
        } else if (request.getContentLengthLong() > WORTH_READING) {
            cutOff(request, response, MessageCode.TOO_LARGE);
        } else {
            response.sendAcknowledgement(ContinueResponseTiming.ALWAYS);
            request.getCoyoteRequest().setExpectation(false);
            AsyncContext later = request.startAsync();
            later.setTimeout(PATIENCE.toMillis());
            new Arrival(request, response, later);
        }
    }

    /** The rest of the body is not waited for, so the connection cannot be used again. */
    private void cutOff(Request request, Response response, MessageCode code) throws IOException {
        replaceBody(request, new byte[0]);
        response.setHeader(RequestLog.HEADER, RequestLog.id(request));
        response.setHeader(HttpHeaders.CONNECTION, "close");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SafetyHeaders.put(request, response);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setStatus(code.status().value());
        byte[] answer = json.writeValueAsBytes(Answer.error(code));
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }

    private static void replaceBody(Request request, byte[] body) {
        ByteChunk replay = new ByteChunk();
        replay.setBytes(body, 0, body.length);
        request.getCoyoteRequest().action(ActionCode.REQ_SET_BODY_REPLAY, replay);
    }

    /** One body on its way. Tomcat calls with one thread at a time. */
    private final class Arrival implements ReadListener, AsyncListener {

        private final Request request;
        private final Response response;
        private final AsyncContext later;
        private final ServletInputStream input;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
        private long arrived;
        private boolean over;

        Arrival(Request request, Response response, AsyncContext later) throws IOException {
            this.request = request;
            this.response = response;
            this.later = later;
            // the request does not count this as reading it, which is left to whoever comes later
            this.input = request.createInputStream();
            later.addListener(this);
            input.setReadListener(this);
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] piece = new byte[1024];
            while (!over && input.isReady()) {
                int length = input.read(piece);
                if (length < 0) {
                    return;
                }
                arrived += length;
                kept.write(piece, 0, Math.min(length, LARGEST + 1 - kept.size()));
                if (arrived > WORTH_READING) {
                    giveUp(MessageCode.TOO_LARGE);
                }
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            if (over) {
                return;
            }
            over = true;
            later.setTimeout(0);
            byte[] body = kept.toByteArray();
            replaceBody(request, body);
            request.setRequest(new Arrived(request.getRequest(), body));
            try {
                getNext().invoke(request, response);
            } catch (ServletException e) {
                throw new IOException(e);
            } finally {
                later.complete();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            giveUp(MessageCode.TOO_SLOW);
        }

        private void giveUp(MessageCode code) throws IOException {
            if (!over) {
                over = true;
                cutOff(request, response, code);
                later.complete();
            }
        }

        @Override
        public void onError(Throwable fault) {
            // the client is gone; Tomcat closes the connection
        }

        @Override
        public void onError(AsyncEvent event) {
            // as above
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // nothing is left open
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // nobody starts it again
        }
    }

    /** The request with its body. */
    private static final class Arrived extends HttpServletRequestWrapper {

        private final ServletInputStream body;

        Arrived(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new Body(new ByteArrayInputStream(body));
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }

    private static final class Body extends ServletInputStream {

        private final InputStream bytes;

        Body(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            try {
                return bytes.available() == 0;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is there already");
        }
    }
}
