package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Copies bytes between a client and a server in both directions (RFC 9110, section 9.3.6), until the server closes its
 * connection or neither side has sent anything for two minutes.
 */
final class Tunnel {

    private static final Duration IDLE_LIMIT = Duration.ofMinutes(2);
    private static final int BUFFER = 65_536;

    private final Socket client;
    private final Socket server;
    private volatile long lastByteAt = System.nanoTime();

    Tunnel(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /**
     * Copies until the server has closed its connection. The caller then closes both sockets, which ends the thread of the
     * other direction as well.
     *
     * @param threads runs the copying from the client to the server
     * @throws IOException if a connection breaks, or if both have been idle for too long
     */
    void run(Executor threads) throws IOException {
        int limit = (int) IDLE_LIMIT.toMillis();
        client.setSoTimeout(limit);
        server.setSoTimeout(limit);
        threads.execute(this::copyRequests);
        copy(server, client);
    }

    private void copyRequests() {
        try {
            copy(client, server);
        } catch (IOException clientIsGone) {
            close(server); // otherwise the other direction would wait for a response that cannot be delivered
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
            out.write(buffer, 0, read);
            lastByteAt = System.nanoTime();
        }
        to.shutdownOutput();
    }

    /** Reads, and ignores a time-out while the other direction is busy: a client sends nothing during a long response. */
    private int read(InputStream in, byte[] buffer) throws IOException {
        while (true) {
            try {
                return in.read(buffer);
            } catch (SocketTimeoutException e) {
                if (System.nanoTime() - lastByteAt >= IDLE_LIMIT.toNanos()) {
                    throw e;
                }
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // a broken socket needs no closing
        }
    }
}
