package youtubemp3.web.system;

import jakarta.servlet.http.HttpServletRequest;
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
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The connections of this process: which of them are being sent a file, and which are too slow with their request. */
@Component
public class Connections {

    /** How long the line and the headers of a request may take, all together. Between two bytes, Tomcat's own limit holds. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<WatchableConnector> connectors = new CopyOnWriteArrayList<>();

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

    private static void position(SocketWrapperBase<NioChannel> connection, Map<String, Long> positions) {
        // the words of Tomcat's own processor: the first to ask decides what a servlet is told
        String id = connection.getServletConnection("http/1.1", "").getConnectionId();
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
}
