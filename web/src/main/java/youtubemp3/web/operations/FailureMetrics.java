package youtubemp3.web.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.status.FailureCounts;

/**
 * Reports how many jobs have failed, by kind, as a metric. It reads them on a schedule, so that a scrape never waits for Redis. The
 * workers count in Redis, so each replica of web reports the same numbers.
 */
@Component
public class FailureMetrics {

    private static final Logger log = LoggerFactory.getLogger(FailureMetrics.class);

    private final FailureCounts failures;
    private final MeterRegistry metrics;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile Map<String, Long> newest = Map.of();

    FailureMetrics(FailureCounts failures, MeterRegistry metrics) {
        this.failures = failures;
        this.metrics = metrics;
    }

    @Scheduled(fixedDelayString = "PT5S")
    public void read() {
        try {
            newest = failures.find();
            newest.keySet().stream().filter(registered::add).forEach(this::register);
        } catch (DataAccessException e) {
            log.debug("The numbers of failures stay as they are, since Redis cannot be asked", e);
        }
    }

    private void register(String kind) {
        FunctionCounter.builder("youtubemp3.jobs.failed", this, self -> self.newest.getOrDefault(kind, 0L))
                .description("Jobs that have failed for good")
                .tag("kind", kind)
                .register(metrics);
    }
}
