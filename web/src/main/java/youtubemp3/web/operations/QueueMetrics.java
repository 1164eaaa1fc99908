package youtubemp3.web.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.status.JobStatuses;

/**
 * Reports the queue as metrics, under the same names for every broker. It reads them on a schedule, so that a scrape never waits for
 * Redis or the broker.
 */
@Component
public class QueueMetrics {

    private final JobQueue queue;
    private final JobStatuses statuses;
    private final Retries retries;
    private final DeadLetters deadLetters;
    private final Redeliveries redeliveries;
    private final Playlists playlists;

    /** The numbers now, or null while they cannot be read. */
    private volatile @Nullable Numbers current;

    /** The numbers that were read last; counters do not fall back when they cannot be read. */
    private volatile Numbers last = new Numbers(new JobQueue.State(0, 0, false), 0, 0, 0, 0, 0);

    private record Numbers(
            JobQueue.State queue, long open, long retrying, long dead, long redeliveries, long playlists) {}

    QueueMetrics(
            JobQueue queue,
            JobStatuses statuses,
            Retries retries,
            DeadLetters deadLetters,
            Redeliveries redeliveries,
            Playlists playlists,
            MeterRegistry metrics) {
        this.queue = queue;
        this.statuses = statuses;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.redeliveries = redeliveries;
        this.playlists = playlists;
        jobs(metrics, "open", Numbers::open);
        jobs(metrics, "waiting", numbers -> numbers.queue().waiting());
        jobs(metrics, "retrying", Numbers::retrying);
        jobs(metrics, "dead", Numbers::dead);
        Gauge.builder("youtubemp3.queue.playlists", this, self -> self.now(Numbers::playlists))
                .description("Playlists that are not listed yet")
                .register(metrics);
        FunctionCounter.builder("youtubemp3.queue.redeliveries", this, self -> self.last.redeliveries())
                .description("Deliveries of jobs that had been delivered before")
                .register(metrics);
        FunctionCounter.builder(
                        "youtubemp3.queue.unroutable",
                        this,
                        self -> self.last.queue().unroutable())
                .description("Jobs that were published while the broker had no queue for them")
                .register(metrics);
        Gauge.builder(
                        "youtubemp3.queue.blocked",
                        this,
                        self -> self.now(numbers -> numbers.queue().blocked() ? 1 : 0))
                .description("1 while the broker accepts no jobs, since its memory or disk is full")
                .register(metrics);
    }

    private void jobs(MeterRegistry metrics, String state, ToDoubleFunction<Numbers> count) {
        Gauge.builder("youtubemp3.queue.jobs", this, self -> self.now(count))
                .description("Jobs in the queue")
                .tag("state", state)
                .register(metrics);
    }

    private double now(ToDoubleFunction<Numbers> value) {
        Numbers numbers = current;
        return numbers == null ? Double.NaN : value.applyAsDouble(numbers);
    }

    @Scheduled(fixedDelayString = "PT5S")
    public void read() {
        try {
            last = new Numbers(
                    queue.state(),
                    statuses.open(),
                    retries.count(),
                    deadLetters.count(),
                    redeliveries.count(),
                    playlists.waiting());
            current = last;
        } catch (DataAccessException e) {
            // a stale number would mislead; other metrics and the health check report what is unreachable
            current = null;
        }
    }
}
