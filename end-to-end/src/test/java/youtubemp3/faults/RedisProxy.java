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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between one process and Redis that parses the traffic. It can stop it right before a command reaches Redis, or
 * right after Redis has executed it and before the process gets the reply; delay every reply; respond that there
 * is no work; or refuse connections.
 */
final class RedisProxy implements AutoCloseable {

    private static final long WAIT_SECONDS = 180;

    private final int redis;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Breakpoint> breakpoint = new AtomicReference<>();
    private volatile @Nullable ServerSocket door;
    private volatile boolean starving;
    private volatile Duration delay = Duration.ZERO;

    RedisProxy(int redis) {
        this.redis = redis;
        this.port = open(0);
    }

    int port() {
        return port;
    }

    /** The names of the commands and scripts that have passed. */
    Set<String> seen() {
        return seen;
    }

    /** Stops the next connection that reaches this command, on this side of it. */
    Breakpoint breakAt(KillPoint point, Side side) {
        return breakAt(point::is, side);
    }

    Breakpoint breakAt(Predicate<Request> what, Side side) {
        Breakpoint next = new Breakpoint(what, side);
        breakpoint.set(next);
        return next;
    }

    /** From now on responds instead of Redis that there is no work. */
    void starve() {
        starving = true;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (links.stream().anyMatch(link -> link.reading) && System.nanoTime() < until) {
            pause(10);
        }
    }

    void feed() {
        starving = false;
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
                Link link = new Link(socket.accept());
                links.add(link);
                link.open();
                if (socket.isClosed()) {
                    link.close();
                }
            } catch (IOException e) {
                // Redis is unreachable, or this was closed
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

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The side of a command. */
    enum Side {
        /** Redis has not received it. */
        BEFORE,
        /** Redis has executed it, but the process has not received the reply. */
        AFTER;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A breakpoint at which the traffic waits until it is released. */
    static final class Breakpoint {

        private final Predicate<Request> what;
        private final Side side;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Breakpoint(Predicate<Request> what, Side side) {
            this.what = what;
            this.side = side;
        }

        void await() throws InterruptedException {
            if (!reached.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the breakpoint was not reached");
            }
        }

        void release() {
            released.countDown();
        }
    }

    private void pass(Request request, Side side) {
        Breakpoint next = breakpoint.get();
        if (next != null && next.side == side && next.what.test(request) && breakpoint.compareAndSet(next, null)) {
            next.reached.countDown();
            try {
                next.released.await(WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One connection. */
    private final class Link {

        private final Socket client;
        private final Socket server = new Socket();
        private final Queue<Request> unanswered = new ConcurrentLinkedQueue<>();
        private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        private volatile boolean reading;

        Link(Socket client) {
            this.client = client;
        }

        void open() throws IOException {
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis), 1000);
            } catch (IOException e) {
                close();
                throw e;
            }
            start("proxy-requests", () -> run(this::requests));
            start("proxy-replies", () -> run(this::replies));
            start("proxy-answers", () -> run(this::answers));
        }

        private void run(Flow flow) {
            try {
                flow.run();
            } catch (IOException e) {
                // one side has closed the connection, so the other is closed too
            } finally {
                close();
            }
        }

        private void requests() throws IOException {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            while (true) {
                Message message = Message.read(in);
                Request request = Request.of(message.words());
                seen.add(request.name());
                pass(request, Side.BEFORE);
                unanswered.add(request);
                out.write(hungry(request, message).bytes());
            }
        }

        /** Handles commands that take jobs: they block only briefly, so that {@link RedisProxy#starve} works at once. */
        private Message hungry(Request request, Message message) {
            boolean isRead = KillPoint.DELIVERY.is(request);
            if (!isRead && !KillPoint.TAKE_OVER.is(request)) {
                return message;
            }
            reading = isRead;
            if (starving) {
                reading = false;
                pause(100);
                return Message.command(List.of("EVAL", isRead ? "return false" : "return {}", "0"));
            }
            List<String> words = new ArrayList<>(request.words());
            int block = words.indexOf("BLOCK");
            if (block > 0) {
                words.set(block + 1, "200");
            }
            return Message.command(words);
        }

        private void replies() throws IOException {
            InputStream in = new BufferedInputStream(server.getInputStream());
            while (true) {
                Message message = Message.read(in);
                answers.add(new Answer(message, System.nanoTime() + delay.toNanos()));
            }
        }

        private void answers() throws IOException {
            OutputStream out = client.getOutputStream();
            while (!client.isClosed()) {
                Answer answer = next();
                if (answer == null) {
                    continue;
                }
                Message message = answer.message();
                if (message.type() != '>') {
                    Request request = unanswered.remove();
                    if (KillPoint.DELIVERY.is(request)) {
                        reading = false;
                    }
                    if (message.saysSomething()) {
                        pass(request, Side.AFTER);
                    }
                }
                pause(Math.max(0, TimeUnit.NANOSECONDS.toMillis(answer.due() - System.nanoTime())));
                out.write(message.bytes());
            }
        }

        private @Nullable Answer next() {
            try {
                return answers.poll(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        void close() {
            links.remove(this);
            quietly(client);
            quietly(server);
        }
    }

    /** A reply of Redis, and when to send it to the client. */
    private record Answer(Message message, long due) {}

    /** One direction of a connection, until it breaks. */
    private interface Flow {
        void run() throws IOException;
    }
}
