package youtubemp3.web.download;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Waits for running downloads before web stops. Tomcat's graceful shutdown waits only for requests, but with sendfile the request
 * ends long before the file has been sent.
 */
@Component
class DownloadDrain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DownloadDrain.class);

    /** Must be less than the 20 s that web.yml sets as the timeout of each shutdown phase. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final Sendfile sendfile;
    private volatile boolean running;

    DownloadDrain(Sendfile sendfile) {
        this.sendfile = sendfile;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        long begin = System.nanoTime();
        int downloads = sendfile.running();
        if (downloads > 0) {
            log.info("Waiting for {} downloads", downloads);
        }
        try {
            while (downloads > 0 && System.nanoTime() - begin < TIMEOUT.toNanos()) {
                Thread.sleep(POLL_INTERVAL.toMillis());
                downloads = sendfile.running();
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

    /** Runs after the connector has stopped accepting connections and before it closes them. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }
}
