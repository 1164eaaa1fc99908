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
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.DeadLetters.DeadLetter;
import youtubemp3.jobs.status.JobStatuses;

/** {@code /actuator/deadjobs}: the jobs that were given up, for an operator to look into, put back or remove. */
@Component
@Endpoint(id = "deadjobs")
class DeadLettersEndpoint {

    private static final Logger log = LoggerFactory.getLogger(DeadLettersEndpoint.class);

    private static final int MOST = 100;

    private final DeadLetters letters;
    private final JobStatuses statuses;

    DeadLettersEndpoint(DeadLetters letters, JobStatuses statuses) {
        this.letters = letters;
        this.statuses = statuses;
    }

    /** The newest first, 100 unless asked for more. */
    @ReadOperation
    WebEndpointResponse<List<DeadLetter>> list(@Nullable Integer most) {
        int asked = most == null ? MOST : most;
        return asked < 1
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_BAD_REQUEST)
                : unlessAway(() -> new WebEndpointResponse<>(letters.list(asked)));
    }

    @ReadOperation
    WebEndpointResponse<DeadLetter> look(@Selector String entry) {
        return unlessAway(() -> letters.find(entry)
                .map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)));
    }

    /** The job is ONQUEUE again, under the same id, with all its attempts before it. */
    @WriteOperation
    WebEndpointResponse<DeadLetter> putBack(@Selector String entry) {
        return unlessAway(() -> backInQueue(entry));
    }

    private WebEndpointResponse<DeadLetter> backInQueue(String entry) {
        DeadLetter dead = letters.find(entry).orElse(null);
        if (dead == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        Job job = dead.job();
        if (job == null) {
            return new WebEndpointResponse<>(dead, WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        // the status first, so that no worker is quicker than it
        statuses.reopen(job);
        boolean back = letters.requeue(entry);
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

    /** Redis is away, or has something else under the key. */
    private static <T> WebEndpointResponse<T> unlessAway(Supplier<WebEndpointResponse<T>> answer) {
        try {
            return answer.get();
        } catch (DataAccessException e) {
            log.warn("Redis cannot be asked: {}", e.getMessage());
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private WebEndpointResponse<Void> removed(String entry) {
        boolean removed = letters.remove(entry);
        if (removed) {
            log.info("What was given up as {} is removed", entry);
        }
        return new WebEndpointResponse<>(
                removed ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }
}
