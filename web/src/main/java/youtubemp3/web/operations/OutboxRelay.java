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
import youtubemp3.jobs.status.Outbox;
import youtubemp3.web.http.LogContext;

/** Enqueues the jobs of submissions that a replica of web has not completed. A job that was enqueued twice is converted once. */
@Component
class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** Longer than any submission takes. */
    private static final Duration AGE = Duration.ofSeconds(20);

    private final Outbox outbox;
    private final JobQueue queue;

    OutboxRelay(Outbox outbox, JobQueue queue) {
        this.outbox = outbox;
        this.queue = queue;
    }

    @Scheduled(fixedDelayString = "PT10S")
    void enqueue() {
        try {
            outbox.claim(AGE).forEach(this::enqueue);
        } catch (DataAccessException e) {
            log.warn("Jobs that are not in the queue yet are enqueued later: {}", e.getMessage());
        }
    }

    private void enqueue(Job job) {
        try (MDC.MDCCloseable id = MDC.putCloseable(LogContext.JOB, job.id().toString())) {
            queue.enqueue(job);
            outbox.sent(job.id());
            log.warn("Job {} is in the queue, which its submission had not completed", job.id());
        }
    }
}
