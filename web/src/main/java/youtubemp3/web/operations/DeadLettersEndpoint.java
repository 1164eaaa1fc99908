package youtubemp3.web.operations;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.JobQueue.DeadJob;
import youtubemp3.jobs.status.JobStatuses;

/** {@code /actuator/deadjobs}: the dead letters, for an operator to read, put back or remove. */
@Component
@Endpoint(id = "deadjobs")
class DeadLettersEndpoint {

    private static final Logger log = LoggerFactory.getLogger(DeadLettersEndpoint.class);

    private static final int MOST = 100;

    private final JobQueue queue;
    private final JobStatuses statuses;

    DeadLettersEndpoint(JobQueue queue, JobStatuses statuses) {
        this.queue = queue;
        this.statuses = statuses;
    }

    /** Lists the newest first, 100 by default. */
    @ReadOperation
    WebEndpointResponse<List<DeadJob>> list(@Nullable Integer most) {
        int asked = most == null ? MOST : most;
        return asked < 1
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_BAD_REQUEST)
                : unlessAway(() -> new WebEndpointResponse<>(queue.dead(asked)));
    }

    @ReadOperation
    WebEndpointResponse<DeadJob> look(@Selector String entry) {
        return unlessAway(() -> queue.dead(entry)
                .map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)));
    }

    /** Puts a job back into the queue, under the same id and with all its attempts before it. */
    @WriteOperation
    WebEndpointResponse<DeadJob> putBack(@Selector String entry) {
        return unlessAway(() -> backInQueue(entry));
    }

    private WebEndpointResponse<DeadJob> backInQueue(String entry) {
        DeadJob dead = queue.dead(entry).orElse(null);
        if (dead == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        Job job = dead.job();
        if (job == null) {
            return new WebEndpointResponse<>(dead, WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        // the status first: otherwise a quick worker's status could be overwritten
        statuses.onQueue(job);
        boolean back = queue.putBack(entry);
        if (back) {
            log.info(
                    "Job {}, given up for {}, is back in the queue",
                    job.id(),
                    dead.failure().kind());
        }
        return new WebEndpointResponse<>(
                dead, back ? WebEndpointResponse.STATUS_OK : WebEndpointResponse.STATUS_NOT_FOUND);
    }

    @DeleteOperation
    WebEndpointResponse<Void> remove(@Selector String entry) {
        return unlessAway(() -> removed(entry));
    }

    /** Answers 503 where Redis cannot be reached, or where its key has another type. */
    private static <T> WebEndpointResponse<T> unlessAway(Supplier<WebEndpointResponse<T>> answer) {
        try {
            return answer.get();
        } catch (DataAccessException e) {
            log.warn("Redis cannot be asked: {}", e.getMessage());
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private WebEndpointResponse<Void> removed(String entry) {
        boolean removed = queue.remove(entry);
        if (removed) {
            log.info("What was given up as {} is removed", entry);
        }
        return new WebEndpointResponse<>(
                removed ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }
}
