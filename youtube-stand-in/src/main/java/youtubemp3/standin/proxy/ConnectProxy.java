package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * The forward proxy in front: tunnels to YouTube's hosts lead to the stand-in, everything else ends here.
 *
 * <p>Asked directly, as a web server, it has {@code /healthz}, {@code /ca.pem}, and {@code /refused}: a line for each
 * host that was asked for and is not YouTube's.
 */
public final class ConnectProxy implements AutoCloseable {

    private static final int HEAD_LIMIT_MS = (int) Duration.ofSeconds(30).toMillis();
    private static final int BACKLOG = 128;
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(10);

    private final ServerSocket listening;
    private final SocketAddress youTube;
    private final Path authority;
    private final RequestJournal log;
    private final Executor threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public ConnectProxy(
            InetSocketAddress listen, SocketAddress youTube, Path authority, RequestJournal log, Executor threads)
            throws IOException {
        this.youTube = youTube;
        this.authority = authority;
        this.log = log;
        this.threads = threads;
        listening = new ServerSocket(listen.getPort(), BACKLOG, listen.getAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(listening);
        open.forEach(ConnectProxy::closeQuietly);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                try {
                    threads.execute(() -> serve(client));
                } catch (RejectedExecutionException closing) {
                    closeQuietly(client);
                }
            } catch (IOException e) {
                // closing, or a client that was gone before it was accepted, or no file handle left: not in a hot loop
                LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            if (!listening.isClosed()) {
                answer(client);
            }
        } catch (IOException clientWentAway) {
            // nobody is left to be told
        } finally {
            open.remove(client);
        }
    }

    private void answer(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        client.setSoTimeout(HEAD_LIMIT_MS);
        RequestLine head = RequestLine.read(client.getInputStream());
        if (head == null) {
            return;
        }
        if (head.isConnect() && YouTubeHosts.include(head.host()) && head.port() == 443) {
            tunnel(client);
        } else if (head.isDirect()) {
            directly(client, head);
        } else {
            log.refused(head.host() + ":" + head.port());
            reply(client, "502 Not YouTube", "text/plain", bytes("only YouTube is behind this proxy\n"), head);
        }
    }

    private void tunnel(Socket client) throws IOException {
        try (Socket server = new Socket()) {
            server.connect(youTube, HEAD_LIMIT_MS);
            server.setTcpNoDelay(true);
            open.add(server);
            try {
                client.getOutputStream().write(bytes("HTTP/1.1 200 Connection established\r\n\r\n"));
                new Tunnel(client, server).run(threads);
            } finally {
                open.remove(server);
            }
        }
    }

    private void directly(Socket client, RequestLine head) throws IOException {
        switch (head.target()) {
            case "/healthz" -> reply(client, "200 OK", "text/plain", bytes("ok\n"), head);
            case "/ca.pem" -> reply(client, "200 OK", "application/x-pem-file", Files.readAllBytes(authority), head);
            case "/refused" ->
                reply(client, "200 OK", "text/plain", bytes(String.join("\n", log.refusedHosts())), head);
            default -> reply(client, "404 Not Found", "text/plain", bytes("/healthz, /ca.pem or /refused\n"), head);
        }
    }

    private static void reply(Socket client, String status, String type, byte[] body, RequestLine head)
            throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n"));
        if (!head.method().equals("HEAD")) {
            out.write(body);
        }
        client.shutdownOutput();
        // a close with unread input would reset the connection, and the client lose the reply
        InputStream rest = client.getInputStream();
        client.setSoTimeout(1_000);
        rest.skip(Math.min(rest.available(), 1 << 20));
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyBroken) {
            // closing was the aim
        }
    }
}
