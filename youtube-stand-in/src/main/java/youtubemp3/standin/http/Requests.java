package youtubemp3.standin.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the parts of an HTTP request that the JDK's server does not parse. */
public final class Requests {

    private Requests() {}

    /** Returns the Host header without its port; empty if the header is missing. */
    public static String host(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host == null ? "" : host.replaceAll(":\\d+$", "");
    }

    /** Returns the decoded parameters of the query. If a name occurs twice, the last value counts. */
    public static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return Map.of();
        }
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, last) -> last));
    }

    /**
     * Returns the body, read as UTF-8.
     *
     * @throws IOException if the client closes the connection before its end
     */
    public static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }
}
