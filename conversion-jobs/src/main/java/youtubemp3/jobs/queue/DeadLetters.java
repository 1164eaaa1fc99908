package youtubemp3.jobs.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;

/**
 * Jobs that have failed for a reason other than their video, and messages that are not jobs, kept for an operator. Every method
 * throws {@link org.springframework.dao.DataAccessException} when the broker cannot be reached.
 */
public interface DeadLetters {

    /** The kind of a message that cannot be read as a job. */
    String MALFORMED = "MALFORMED";

    /** The newest first. */
    List<DeadLetter> list(int max);

    /** One of them; empty when it is not there. */
    Optional<DeadLetter> find(String entry);

    /**
     * Moves the job of a dead letter to the end of the queue. As with {@link JobQueue#enqueue}, its status is written before.
     * False when the letter is not there, or holds no job.
     *
     * @param entry the letter's id
     */
    boolean requeue(String entry);

    /** Removes a dead letter. False when it is not there. */
    boolean remove(String entry);

    /**
     * @param entry the letter's id
     * @param since when it became one
     * @param failure why
     * @param job the job, or null for a message that cannot be read as one
     */
    record DeadLetter(
            String entry,
            Instant since,
            Failure failure,
            @Nullable Job job) {}
}
