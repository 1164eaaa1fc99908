package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Two sockets joined end to end, until one side ends or both have been silent for too long. */
public final class Tunnel {

    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(2);
    private static final int BUFFER = 65_536;

    private final Socket client;
    private final Socket server;
    private volatile long lastByteAt = System.nanoTime();

    public Tunnel(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** Returns when the server's side has ended; the caller closes both sockets, which ends the other direction as well. */
    public void run(Executor threads) throws IOException {
        int limit = (int) SILENCE_LIMIT.toMillis();
        client.setSoTimeout(limit);
        server.setSoTimeout(limit);
        threads.execute(this::copyRequests);
        copy(server, client);
    }

    private void copyRequests() {
        try {
            copy(client, server);
        } catch (IOException clientLeft) {
            close(server); // so that the other direction stops waiting for a reply nobody wants
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

    /** A client has nothing to say while a long reply is under way: only silence in both directions counts. */
    private int read(InputStream in, byte[] buffer) throws IOException {
        while (true) {
            try {
                return in.read(buffer);
            } catch (SocketTimeoutException e) {
                if (System.nanoTime() - lastByteAt >= SILENCE_LIMIT.toNanos()) {
                    throw e;
                }
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // closing was the aim
        }
    }
}
