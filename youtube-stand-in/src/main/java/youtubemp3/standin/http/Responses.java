package youtubemp3.standin.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import youtubemp3.standin.pages.JsonObject;

/** What every kind of reply needs. */
public final class Responses {

    private Responses() {}

    public static void html(HttpExchange exchange, int status, String page) throws IOException {
        text(exchange, status, "text/html; charset=utf-8", page);
    }

    public static void json(HttpExchange exchange, int status, JsonObject body) throws IOException {
        text(exchange, status, "application/json; charset=UTF-8", body.toString());
    }

    public static void text(HttpExchange exchange, int status, String type, String body) throws IOException {
        bytes(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    public static void bytes(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD") || body.length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Sends bytes without meaning until the client goes. */
    public static void forEver(HttpExchange exchange, String type, Throttle pace) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[pace.pieceSize()];
        while (true) {
            pace.awaitTurn(piece.length);
            exchange.getResponseBody().write(piece);
            exchange.getResponseBody().flush();
        }
    }

    /** Waits inside a reply; closing the stand-in ends the wait and the reply. */
    public static void pause(Duration time) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        }
    }
}
