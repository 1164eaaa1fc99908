package youtubemp3.web.operations;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.queue.JobQueue;

/**
 * Reports whether the broker answers, under the same name for every broker. While it accepts no jobs, the status is {@code WARNING}:
 * links are refused, but statuses and files are served.
 */
@Component("queue")
class QueueHealthIndicator extends AbstractHealthIndicator {

    private final JobQueue queue;
    private final JobSettings.Broker broker;

    QueueHealthIndicator(JobQueue queue, JobSettings settings) {
        super("The broker does not answer");
        this.queue = queue;
        this.broker = settings.broker();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.withDetail("broker", broker);
        JobQueue.State state = queue.state();
        health.up().withDetail("waiting", state.waiting());
        if (state.blocked()) {
            health.status(WorkersHealthIndicator.WARNING)
                    .withDetail("problem", "the broker accepts no jobs, since its memory or disk is full");
        }
    }
}
