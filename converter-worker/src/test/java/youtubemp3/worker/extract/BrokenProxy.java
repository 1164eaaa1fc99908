package youtubemp3.worker.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A proxy that reads each request, sends a fixed response and closes the connection. */
final class BrokenProxy implements AutoCloseable {

    private final String response;
    private final boolean reset;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread thread = new Thread(this::serve, "broken-proxy");

    /** @param reset whether the connection ends with RST rather than FIN */
    BrokenProxy(String response, boolean reset) throws IOException {
        this.response = response;
        this.reset = reset;
        thread.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                BufferedReader request = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                @Nullable String line = request.readLine();
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                connection.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
                if (reset) {
                    connection.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                // the client has closed the connection, or close() the server
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
