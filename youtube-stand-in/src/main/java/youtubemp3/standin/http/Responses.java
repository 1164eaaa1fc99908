package youtubemp3.standin.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends complete HTTP responses. All methods throw an {@link IOException} if the client has closed the connection. */
public final class Responses {

    private Responses() {}

    /** Sends an HTML page. */
    public static void html(HttpExchange exchange, int status, String page) throws IOException {
        text(exchange, status, "text/html; charset=utf-8", page);
    }

    /** Sends a JSON text. */
    public static void json(HttpExchange exchange, int status, String body) throws IOException {
        text(exchange, status, "application/json; charset=UTF-8", body);
    }

    /** Sends a text in UTF-8. */
    public static void text(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        bytes(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a status without a body. */
    public static void empty(HttpExchange exchange, int status) throws IOException {
        bytes(exchange, status, "text/plain", new byte[0]);
    }

    /** Sends bytes; a HEAD request gets the same headers without the body. */
    public static void bytes(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (exchange.getRequestMethod().equals("HEAD") || body.length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Sends zero bytes until the client closes the connection. */
    public static void endless(HttpExchange exchange, String contentType, Throttle throttle) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, 0);
        byte[] chunk = new byte[throttle.chunkSize()];
        while (true) {
            throttle.acquire(chunk.length);
            exchange.getResponseBody().write(chunk);
            exchange.getResponseBody().flush();
        }
    }

    /**
     * Waits while a response is being sent.
     *
     * @throws InterruptedIOException if the stand-in is closed meanwhile
     */
    public static void pause(Duration time) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stand-in is closing");
        }
    }
}
