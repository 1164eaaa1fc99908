package youtubemp3.web.operations;

import java.time.Instant;
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
import youtubemp3.jobs.status.Outbox;
import youtubemp3.web.http.FailureMessages;
import youtubemp3.web.http.FailureReason;

/** {@code /actuator/deadjobs}: the dead letters, for an operator to read, requeue or remove. */
@Component
@Endpoint(id = "deadjobs")
class DeadLettersEndpoint {

    private static final Logger log = LoggerFactory.getLogger(DeadLettersEndpoint.class);

    private static final int DEFAULT_MAX = 100;

    private final DeadLetters letters;
    private final JobStatuses statuses;
    private final Outbox outbox;
    private final FailureMessages failures;

    DeadLettersEndpoint(DeadLetters letters, JobStatuses statuses, Outbox outbox, FailureMessages failures) {
        this.letters = letters;
        this.statuses = statuses;
        this.outbox = outbox;
        this.failures = failures;
    }

    /** A dead letter with the sentence of its failure. */
    record DeadLetterResponse(
            String entry,
            Instant since,
            FailureReason failure,
            @Nullable Job job) {}

    private DeadLetterResponse response(DeadLetter letter) {
        return new DeadLetterResponse(letter.entry(), letter.since(), failures.reason(letter.failure()), letter.job());
    }

    /** Lists the newest first, 100 by default. */
    @ReadOperation
    WebEndpointResponse<List<DeadLetterResponse>> list(@Nullable Integer most) {
        int asked = most == null ? DEFAULT_MAX : most;
        return asked < 1
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_BAD_REQUEST)
                : unlessUnavailable(() -> new WebEndpointResponse<>(
                        letters.list(asked).stream().map(this::response).toList()));
    }

    @ReadOperation
    WebEndpointResponse<DeadLetterResponse> look(@Selector String entry) {
        return unlessUnavailable(() -> letters.find(entry)
                .map(this::response)
                .map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)));
    }

    /** Requeues a job under the same id, and resets its attempts. */
    @WriteOperation
    WebEndpointResponse<DeadLetterResponse> requeue(@Selector String entry) {
        return unlessUnavailable(() -> requeued(entry));
    }

    private WebEndpointResponse<DeadLetterResponse> requeued(String entry) {
        DeadLetter dead = letters.find(entry).orElse(null);
        if (dead == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        Job job = dead.job();
        if (job == null) {
            return new WebEndpointResponse<>(response(dead), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        // the status is written first, so that no worker takes a job without one
        statuses.reopen(job);
        boolean requeued = letters.requeue(entry);
        outbox.sent(job.id());
        if (requeued) {
            log.info(
                    "Job {}, a dead letter for {}, is back in the queue",
                    job.id(),
                    dead.failure().kind());
        }
        return new WebEndpointResponse<>(
                response(dead), requeued ? WebEndpointResponse.STATUS_OK : WebEndpointResponse.STATUS_NOT_FOUND);
    }

    @DeleteOperation
    WebEndpointResponse<Void> remove(@Selector String entry) {
        return unlessUnavailable(() -> removed(entry));
    }

    /** Redis or the broker is unreachable, or the key has a value of another type. */
    private static <T> WebEndpointResponse<T> unlessUnavailable(Supplier<WebEndpointResponse<T>> answer) {
        try {
            return answer.get();
        } catch (DataAccessException e) {
            log.warn("Redis or the broker cannot be asked: {}", e.getMessage());
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private WebEndpointResponse<Void> removed(String entry) {
        boolean removed = letters.remove(entry);
        if (removed) {
            log.info("The dead letter {} was removed", entry);
        }
        return new WebEndpointResponse<>(
                removed ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }
}
