package youtubemp3.web.operations;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.web.http.LogContext;

/**
 * Enqueues open jobs again that no worker gets: RabbitMQ may keep a message for a consumer that is gone
 * (rabbitmq-server issue 15473), it may have lost its data, or the job was left in another broker. A second delivery of a job that has
 * ended changes nothing.
 */
@Component
class StalledJobs {

    private static final Logger log = LoggerFactory.getLogger(StalledJobs.class);

    /** A running job makes progress far more often. */
    private static final Duration STALLED = Duration.ofHours(1);

    private final JobQueue queue;
    private final JobStatuses statuses;
    private final Retries retries;

    StalledJobs(JobQueue queue, JobStatuses statuses, Retries retries) {
        this.queue = queue;
        this.statuses = statuses;
        this.retries = retries;
    }

    @Scheduled(fixedDelayString = "PT1M")
    void enqueue() {
        try {
            // while jobs wait in the queue, any of them may be without progress for hours
            if (queue.state().waiting() == 0) {
                for (Job job : statuses.claimStalled(STALLED)) {
                    if (!retries.contains(job)) {
                        enqueue(job);
                    }
                }
            }
        } catch (DataAccessException e) {
            log.warn("Redis or the broker cannot be asked for stalled jobs: {}", e.getMessage());
        }
    }

    private void enqueue(Job job) {
        try (MDC.MDCCloseable id = MDC.putCloseable(LogContext.JOB, job.id().toString())) {
            queue.enqueue(job);
            log.error("Job {} made no progress for {} and is enqueued again", job.id(), STALLED);
        }
    }
}
