package youtubemp3.web.tomcat;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets downloads end before web does. Tomcat, asked to stop gracefully, waits for requests, and of a file that the kernel sends
 * the request has ended long ago: it would be cut off.
 */
@Component
class DownloadDrain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DownloadDrain.class);

    /** Below the 20 s that web.yml gives each phase of the stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Connections connections;
    private volatile boolean running;

    DownloadDrain(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        long begin = System.nanoTime();
        int downloads = connections.sending().size();
        if (downloads > 0) {
            log.info("Waiting for {} downloads", downloads);
        }
        try {
            while (downloads > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
                Thread.sleep(100);
                downloads = connections.sending().size();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (downloads > 0) {
            log.warn("{} downloads are cut off", downloads);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After nobody new is let in, and before the connections are closed. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }
}
