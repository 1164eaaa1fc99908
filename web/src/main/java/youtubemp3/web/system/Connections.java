package youtubemp3.web.system;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The connections of this process: which of them are being sent a file, which are too slow with their request, and which keep a
 * thread waiting with an answer that they do not read.
 */
@Component
public class Connections {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    /** How long the line and the headers of a request may take, all together. Between two bytes, Tomcat's own limit holds. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For how many looks in a row, a second apart, a thread may wait until a client reads, while requests wait for a thread. */
    private static final int UNREAD_LOOKS = 3;

    private final List<WatchableConnector> connectors = new CopyOnWriteArrayList<>();

    /** Whose thread waited at the last look. Used by the thread that looks alone. */
    private Map<SocketWrapperBase<NioChannel>, Unread> unread = Map.of();

    void watch(WatchableConnector connector) {
        connectors.add(connector);
    }

    /** The name of the connection that a request came by. */
    public static String of(HttpServletRequest request) {
        return request.getServletConnection().getConnectionId();
    }

    /**
     * The connections that are being answered or sent a file, with the number of bytes at which the file is. It is the same as
     * long as the client takes nothing.
     */
    public Map<String, Long> sending() {
        Map<String, Long> sending = new HashMap<>();
        connectors.stream()
                .flatMap(connector -> connector.connections().stream())
                .forEach(connection -> position(connection, sending));
        return sending;
    }

    /** Ends a connection in the middle of what it is being sent. */
    public void cut(String name) {
        connectors.stream()
                .flatMap(connector -> connector.connections().stream())
                .filter(connection -> name(connection).equals(name))
                .forEach(Connections::cut);
    }

    boolean areScarce() {
        return connectors.stream()
                .anyMatch(connector -> connector.connections().size() > connector.getMaxConnections() / 2);
    }

    /** How many requests are there that no thread has begun with. */
    int waitingRequests() {
        return connectors.stream()
                .map(WatchableConnector::getExecutor)
                .filter(ThreadPoolExecutor.class::isInstance)
                .mapToInt(executor -> ((ThreadPoolExecutor) executor).getQueue().size())
                .sum();
    }

    private static void cut(SocketWrapperBase<NioChannel> connection) {
        // none any more if it has been closed meanwhile
        SocketChannel channel = connection.getSocket().getIOChannel();
        try {
            if (channel != null) {
                // after close() a writer would go on waiting; without a way out it wakes up, as does the poller
                // with its file, and closes the connection itself
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            log.debug("the client is gone", e);
        }
    }

    private static String name(SocketWrapperBase<NioChannel> connection) {
        // the words of Tomcat's own processor: the first to ask decides what a servlet is told
        return connection.getServletConnection("http/1.1", "").getConnectionId();
    }

    private static void position(SocketWrapperBase<NioChannel> connection, Map<String, Long> positions) {
        String id = name(connection);
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            // a thread has it: the file is about to be sent
            positions.put(id, -1L);
            return;
        }
        try {
            SendfileDataBase file = ((NioSocketWrapper) connection).getSendfileData();
            if (file != null && !connection.isClosed()) {
                positions.put(id, file.pos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request that comes a byte a second keeps no thread, but a place among the connections. */
    @Scheduled(fixedDelayString = "PT1S")
    void closeThoseThatAreTooSlow() {
        long now = System.nanoTime();
        connectors.stream()
                .flatMap(connector -> connector.connections().stream())
                .forEach(connection -> closeIfTooSlow(connection, now));
    }

    private static void closeIfTooSlow(SocketWrapperBase<NioChannel> connection, long now) {
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            return;
        }
        try {
            // parked with a request that has begun, and that nobody has been asked to answer: its headers are not all
            // there
            if (connection.getCurrentProcessor() instanceof Processor processor
                    && !processor.isAsync()
                    && processor.getRequest().getStartTimeNanos() >= 0
                    && now - processor.getRequest().getStartTimeNanos() > PATIENCE.toNanos()) {
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Many requests on one connection, and none of their answers read: more than the kernel keeps, and it holds a thread. */
    @Scheduled(fixedDelayString = "PT1S")
    void freeThreadsOfThoseWhoDoNotRead() {
        Map<SocketWrapperBase<NioChannel>, Unread> now = new HashMap<>();
        for (WatchableConnector connector : connectors) {
            // with TLS a file is sent by a thread too, which is well as long as it gets on
            boolean mayGetOn = connector.isSSLEnabled();
            for (SocketWrapperBase<NioChannel> connection : connector.connections()) {
                if (isWriting(connection)) {
                    long lastWrite = ((NioSocketWrapper) connection).getLastWrite();
                    now.put(connection, Unread.after(unread.get(connection), lastWrite, mayGetOn));
                }
            }
        }
        unread = now;
        if (waitingRequests() > 0) {
            now.forEach((connection, since) -> {
                if (since.looks >= UNREAD_LOOKS) {
                    cut(connection);
                }
            });
        }
    }

    /** Whether a thread has something that it cannot get rid of. One that waits for YouTube or Redis has written nothing. */
    private static boolean isWriting(SocketWrapperBase<NioChannel> connection) {
        Lock lock = connection.getLock();
        if (lock.tryLock()) {
            lock.unlock();
            return false;
        }
        return connection.hasDataToWrite();
    }

    /** For how many looks a thread has been writing to a connection, and when it last got rid of something. */
    private record Unread(int looks, long lastWrite) {

        static Unread after(@Nullable Unread before, long lastWrite, boolean mayGetOn) {
            if (before == null || (mayGetOn && before.lastWrite != lastWrite)) {
                return new Unread(1, lastWrite);
            }
            return new Unread(before.looks + 1, lastWrite);
        }
    }
}
