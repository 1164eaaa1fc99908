package youtubemp3.web.tomcat;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The connections of this process: which of them are being sent a file, and which are too slow with their request. */
@Component
public class Connections {

    /** How long the line and the headers of a request may take, all together. Between two bytes, Tomcat's own limit holds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<SharedConnector> connectors = new CopyOnWriteArrayList<>();

    void watch(SharedConnector connector) {
        connectors.add(connector);
    }

    /** The name of the connection that a request came by. */
    public static String of(HttpServletRequest request) {
        return request.getServletConnection().getConnectionId();
    }

    /** The names of the connections that are being answered or sent a file. */
    public Set<String> sending() {
        return all().filter(Connections::isSending).map(Connections::name).collect(Collectors.toSet());
    }

    private Stream<SocketWrapperBase<NioChannel>> all() {
        return connectors.stream().flatMap(connector -> connector.connections().stream());
    }

    private static String name(SocketWrapperBase<NioChannel> connection) {
        // the words of Tomcat's own processor: the first to ask decides what a servlet is told
        return connection.getServletConnection("http/1.1", "").getConnectionId();
    }

    private static boolean isSending(SocketWrapperBase<NioChannel> connection) {
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            // a thread has it: the file is about to be sent
            return true;
        }
        try {
            return ((NioSocketWrapper) connection).getSendfileData() != null && !connection.isClosed();
        } finally {
            lock.unlock();
        }
    }

    /** A request that comes a byte a second holds no thread, but a place among the connections. */
    @Scheduled(fixedDelayString = "PT1S")
    void closeThoseThatAreTooSlow() {
        long now = System.nanoTime();
        all().forEach(connection -> closeIfTooSlow(connection, now));
    }

    private static void closeIfTooSlow(SocketWrapperBase<NioChannel> connection, long now) {
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            return;
        }
        try {
            // parked with a request that has begun and has no thread: its headers are not complete
            if (connection.getCurrentProcessor() instanceof Processor processor
                    && processor.getRequest().getStartTimeNanos() >= 0
                    && now - processor.getRequest().getStartTimeNanos() > PATIENCE.toNanos()) {
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
