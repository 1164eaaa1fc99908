package youtubemp3.web.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.JobQueue.Depth;

/** Reports the numbers of jobs as metrics. It reads them on a schedule, so that a scrape never waits for Redis. */
@Component
public class QueueMetrics {

    private final JobQueue queue;
    private volatile @Nullable Depth newest;

    QueueMetrics(JobQueue queue, MeterRegistry metrics) {
        this.queue = queue;
        gauge(metrics, "open", Depth::open);
        gauge(metrics, "retrying", Depth::retrying);
        gauge(metrics, "dead", Depth::dead);
    }

    @Scheduled(fixedDelayString = "PT5S")
    public void read() {
        try {
            newest = queue.depth();
        } catch (DataAccessException e) {
            // a stale number would mislead; other metrics and the health check report that Redis is unreachable
            newest = null;
        }
    }

    private void gauge(MeterRegistry metrics, String state, ToLongFunction<Depth> count) {
        Gauge.builder("youtubemp3.queue.jobs", this, self -> self.value(count))
                .description("Jobs in the queue")
                .tag("state", state)
                .register(metrics);
    }

    private double value(ToLongFunction<Depth> count) {
        Depth depth = newest;
        return depth == null ? Double.NaN : count.applyAsLong(depth);
    }
}
