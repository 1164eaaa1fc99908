package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Serves clients as a forward proxy (RFC 9110, section 9.3.6): it tunnels a CONNECT to one of YouTube's hosts to a local
 * server, and refuses any other host with a 502. It does the same for SOCKS 5 on the same port ({@link Socks5}). It can demand
 * credentials.
 *
 * <p>It also serves three paths as a web server: {@code /healthz}; {@code /ca.pem}, the certificate of the authority; and
 * {@code /refused}, with a line {@code host:port} for each host that was refused.
 */
public final class ConnectProxy implements AutoCloseable {

    private static final int REQUEST_LIMIT_MS = (int) Duration.ofSeconds(30).toMillis();
    private static final int BACKLOG = 128;
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(10);

    private final ServerSocket listener;
    private final SocketAddress youTube;
    private final Path authority;
    private final RequestJournal journal;
    private final Executor threads;
    private final @Nullable String credentials;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Starts the proxy.
     *
     * @param listen the address and port of the proxy; port 0 stands for a free one
     * @param youTube the address of the local server
     * @param authority the file with the authority's certificate
     * @param journal records the refused hosts
     * @param credentials {@code user:password} that clients have to send; null for none
     * @param threads runs the proxy; one thread accepts connections, and each connection takes up to two
     * @throws IOException if the port cannot be bound
     */
    public ConnectProxy(
            InetSocketAddress listen,
            SocketAddress youTube,
            Path authority,
            RequestJournal journal,
            @Nullable String credentials,
            Executor threads)
            throws IOException {
        this.youTube = youTube;
        this.authority = authority;
        this.journal = journal;
        this.credentials = credentials;
        this.threads = threads;
        listener = new ServerSocket(listen.getPort(), BACKLOG, listen.getAddress());
        threads.execute(this::accept);
    }

    /** Returns the port that the proxy is bound to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(ConnectProxy::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                try {
                    threads.execute(() -> serve(client));
                } catch (RejectedExecutionException closing) {
                    closeQuietly(client);
                }
            } catch (IOException e) {
                // the pause avoids a busy loop if the process has too many open files
                LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            if (!listener.isClosed()) {
                respond(client);
            }
        } catch (IOException clientIsGone) {
            // the connection that could report the error is the broken one
        } finally {
            open.remove(client);
        }
    }

    private void respond(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        client.setSoTimeout(REQUEST_LIMIT_MS);
        PushbackInputStream in = new PushbackInputStream(client.getInputStream());
        int first = in.read();
        if (first == Socks5.VERSION) {
            respondToSocks(client);
            return;
        }
        if (first < 0) {
            return;
        }
        in.unread(first);
        RequestLine request = RequestLine.read(in);
        if (request == null) {
            return;
        }
        if (!request.isOriginForm() && !isAuthorized(request)) {
            String status = "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"stand-in\"";
            send(client, status, "text/plain", bytes("credentials are needed\n"), request);
        } else if (request.isConnect() && YouTubeHosts.include(request.host()) && request.port() == 443) {
            tunnel(client, bytes("HTTP/1.1 200 Connection established\r\n\r\n"));
        } else if (request.isOriginForm()) {
            serveOrigin(client, request);
        } else {
            journal.addRefused(request.host() + ":" + request.port());
            send(client, "502 Not YouTube", "text/plain", bytes("only YouTube is behind this proxy\n"), request);
        }
    }

    private boolean isAuthorized(RequestLine request) {
        return credentials == null
                || request.authorization().equals("Basic " + Base64.getEncoder().encodeToString(bytes(credentials)));
    }

    private void respondToSocks(Socket client) throws IOException {
        Socks5 socks = new Socks5(client.getInputStream(), client.getOutputStream());
        if (!socks.authenticate(credentials)) {
            return;
        }
        InetSocketAddress target = socks.readTarget();
        if (YouTubeHosts.include(target.getHostString()) && target.getPort() == 443) {
            tunnel(client, Socks5.SUCCEEDED);
        } else {
            journal.addRefused(target.getHostString() + ":" + target.getPort());
            client.getOutputStream().write(Socks5.NOT_ALLOWED);
        }
    }

    private void tunnel(Socket client, byte[] established) throws IOException {
        try (Socket server = new Socket()) {
            server.connect(youTube, REQUEST_LIMIT_MS);
            server.setTcpNoDelay(true);
            open.add(server);
            try {
                client.getOutputStream().write(established);
                new Tunnel(client, server).run(threads);
            } finally {
                open.remove(server);
            }
        }
    }

    private void serveOrigin(Socket client, RequestLine request) throws IOException {
        switch (request.target()) {
            case "/healthz" -> send(client, "200 OK", "text/plain", bytes("ok\n"), request);
            case "/ca.pem" -> send(client, "200 OK", "application/x-pem-file", Files.readAllBytes(authority), request);
            case "/refused" ->
                send(client, "200 OK", "text/plain", bytes(String.join("\n", journal.refusedHosts())), request);
            default -> send(client, "404 Not Found", "text/plain", bytes("/healthz, /ca.pem or /refused\n"), request);
        }
    }

    private static void send(Socket client, String status, String type, byte[] body, RequestLine request)
            throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n"));
        if (!request.method().equals("HEAD")) {
            out.write(body);
        }
        client.shutdownOutput();
        // closing a socket with unread input resets the connection, and the client would lose the response
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
            // a broken socket needs no closing
        }
    }
}
