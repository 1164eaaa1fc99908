package youtubemp3.web.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.CircuitBreaker.Pause;

/**
 * Reports whether YouTube refuses this server. The status is never "down": this service still responds, and jobs stay in the queue.
 */
@Component("youtube")
public class YouTubeHealthIndicator implements HealthIndicator {

    private final CircuitBreaker circuit;
    private volatile double open = Double.NaN;

    YouTubeHealthIndicator(CircuitBreaker circuit, MeterRegistry metrics) {
        this.circuit = circuit;
        Gauge.builder("youtubemp3.circuit.open", this, self -> self.open)
                .description("1 from when YouTube refuses this server until it answers again, else 0")
                .register(metrics);
    }

    /** Reads the circuit on a schedule, so that a scrape never waits for Redis. */
    @Scheduled(fixedDelayString = "PT5S")
    public void read() {
        try {
            open = circuit.pause().isPresent() ? 1 : 0;
        } catch (DataAccessException e) {
            open = Double.NaN;
        }
    }

    @Override
    public Health health() {
        try {
            return circuit.pause()
                    .map(YouTubeHealthIndicator::paused)
                    .orElseGet(() -> Health.up().withDetail("circuit", "closed").build());
        } catch (DataAccessException e) {
            return Health.unknown()
                    .withDetail("problem", "Redis cannot be asked")
                    .build();
        }
    }

    private static Health paused(Pause pause) {
        boolean over = pause.nextTry().isBefore(Instant.now());
        String problem = pause.cause() == CircuitBreaker.Cause.CHANGED
                ? "no video can be downloaded any more; yt-dlp needs an update"
                : "YouTube refuses this server; it is not asked until the next try";
        return Health.up()
                // half open: the next job tries
                .withDetail("circuit", over ? "half open" : "open")
                .withDetail("kind", pause.kind())
                .withDetail("next_try", pause.nextTry().toString())
                .withDetail("problem", problem)
                .build();
    }
}
