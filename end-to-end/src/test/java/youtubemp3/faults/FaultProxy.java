package youtubemp3.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between one process and a server that parses the traffic. It can stop it right before a command reaches the server, or right
 * after the server has executed it and before the process gets the reply; delay every reply; respond that there is no work; refuse
 * connections; or lose what is sent without closing any.
 */
abstract class FaultProxy implements AutoCloseable {

    private static final long WAIT_SECONDS = 180;

    private final int server;
    private final int port;
    private final Set<Link<?>> links = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Breakpoint> breakpoint = new AtomicReference<>();
    private volatile @Nullable ServerSocket door;
    private volatile boolean starving;
    private volatile Duration delay = Duration.ZERO;
    private volatile CountDownLatch cut = new CountDownLatch(0);

    /** @param server the port of the server on the loopback interface */
    FaultProxy(int server) {
        this.server = server;
        this.port = open(0);
    }

    int port() {
        return port;
    }

    /** Stops the next connection that reaches the breakpoint. */
    void breakAt(Breakpoint next) {
        breakpoint.set(next);
    }

    /** From now on responds instead of the server that there is no work. */
    void starve() {
        starving = true;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (links.stream().anyMatch(Link::isTaking) && System.nanoTime() < until) {
            pause(10);
        }
    }

    void feed() {
        starving = false;
    }

    boolean isStarving() {
        return starving;
    }

    /** Delays every reply by this time. */
    void delay(Duration time) {
        delay = time;
    }

    /** Closes all connections and refuses new ones. */
    void refuse() {
        close();
    }

    void accept() {
        open(port);
    }

    /** From now on nothing passes, not even the end of a connection, as when a cable is unplugged. */
    void cut() {
        cut = new CountDownLatch(1);
    }

    /** Passes what has waited since the cut, as TCP would send it again. */
    void heal() {
        cut.countDown();
    }

    abstract Link<?> link(Socket client);

    private int open(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            door = socket;
            start("proxy-door", () -> welcome(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void welcome(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Link<?> link = link(socket.accept());
                links.add(link);
                start("proxy-requests", link::open);
                if (socket.isClosed()) {
                    link.close();
                }
            } catch (IOException e) {
                // this was closed
            }
        }
    }

    @Override
    public void close() {
        ServerSocket socket = door;
        if (socket != null) {
            quietly(socket);
        }
        links.forEach(Link::close);
        heal();
    }

    private static void start(String name, Runnable run) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // already closed
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitHealed() {
        try {
            cut.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void pass(Request request, Side side) {
        Breakpoint next = breakpoint.get();
        if (next != null && next.is(request, side) && breakpoint.compareAndSet(next, null)) {
            next.hold();
        }
    }

    /**
     * One connection.
     *
     * @param <R> a message of the server
     */
    abstract class Link<R> {

        private final Socket client;
        private final Socket upstream = new Socket();
        private final BlockingQueue<Delayed<R>> replies = new LinkedBlockingQueue<>();

        Link(Socket client) {
            this.client = client;
        }

        /** Reads the client's next message, and returns what is sent to the server for it, at the time at which that is due. */
        abstract byte[] request(InputStream in) throws IOException;

        /** Reads the server's next message. */
        abstract R reply(InputStream in) throws IOException;

        /** The bytes to send to the client for a reply, at the time at which they are due. */
        abstract byte[] toClient(R reply);

        /** Whether the process waits for a job on this connection. */
        abstract boolean isTaking();

        private void open() {
            run(() -> {
                awaitHealed();
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server), 1000);
                start("proxy-replies", () -> run(this::readReplies));
                start("proxy-answers", () -> run(this::writeReplies));
                InputStream in = new BufferedInputStream(client.getInputStream());
                OutputStream out = upstream.getOutputStream();
                while (true) {
                    byte[] message = request(in);
                    awaitHealed();
                    out.write(message);
                }
            });
        }

        private void run(Flow flow) {
            try {
                flow.run();
            } catch (IOException e) {
                // one side has closed the connection, so the other is closed too
            } finally {
                awaitHealed();
                close();
            }
        }

        private void readReplies() throws IOException {
            InputStream in = new BufferedInputStream(upstream.getInputStream());
            while (true) {
                R reply = reply(in);
                replies.add(new Delayed<>(reply, System.nanoTime() + delay.toNanos()));
            }
        }

        private void writeReplies() throws IOException {
            OutputStream out = client.getOutputStream();
            while (!client.isClosed()) {
                Delayed<R> next = next();
                if (next != null) {
                    byte[] bytes = toClient(next.reply());
                    pause(Math.max(0, TimeUnit.NANOSECONDS.toMillis(next.due() - System.nanoTime())));
                    awaitHealed();
                    out.write(bytes);
                }
            }
        }

        private @Nullable Delayed<R> next() {
            try {
                return replies.poll(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        private void close() {
            links.remove(this);
            quietly(client);
            quietly(upstream);
        }
    }

    /** A reply of the server, and when to send it to the client. */
    private record Delayed<R>(R reply, long due) {}

    /** One direction of a connection, until it breaks. */
    private interface Flow {
        void run() throws IOException;
    }
}
