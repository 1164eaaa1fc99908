package youtubemp3.jobs.queue.rabbitmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Relays connections to a server. Its client can be silenced, as if SIGSTOP or SIGKILL had ended it: the server sees that. */
final class NetworkCable implements AutoCloseable {

    private final String host;
    private final int port;
    private final ServerSocket listener;
    private final Set<Socket> ofClient = ConcurrentHashMap.newKeySet();
    private final Set<Socket> ofServer = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;

    NetworkCable(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The server loses its connections. The client's stay open, but nothing passes, and new ones are refused. */
    void silence() {
        silent = true;
        ofServer.forEach(NetworkCable::close);
    }

    /** The client, too, sees that its connections are lost, and can connect again. */
    void wake() {
        ofClient.forEach(NetworkCable::close);
        silent = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (silent) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(host, port);
                ofClient.add(client);
                ofServer.add(server);
                start(() -> relay(client, server));
                start(() -> relay(server, client));
            } catch (IOException e) {
                // closed, or the server refuses connections
            }
        }
    }

    private void relay(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them was closed
        }
        if (!silent) {
            close(from);
            close(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ofClient.forEach(NetworkCable::close);
        ofServer.forEach(NetworkCable::close);
    }
}
