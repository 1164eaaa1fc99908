package youtubemp3.jobs.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;

/**
 * The dead letters: jobs that failed for a reason other than their video, and messages that are not jobs, kept for an operator.
 * Every method throws {@link org.springframework.dao.DataAccessException} when the broker cannot be reached.
 */
public interface DeadLetters {

    /** The failure kind of a message that is not a job. */
    String MALFORMED = "MALFORMED";

    /** At most {@code max} dead letters, the newest first. */
    List<DeadLetter> list(int max);

    /** The dead letter with this id; empty when it does not exist. */
    Optional<DeadLetter> find(String entry);

    /**
     * Moves the job of a dead letter to the end of the queue. As for {@link JobQueue#enqueue}, the caller writes the status first.
     * False when the dead letter does not exist or is not a job.
     *
     * @param entry the id of the dead letter
     */
    boolean requeue(String entry);

    /** Removes a dead letter. False when it does not exist. */
    boolean remove(String entry);

    /**
     * A job or message that is kept for an operator.
     *
     * @param entry the id of the dead letter
     * @param since when it became a dead letter
     * @param failure why it became a dead letter
     * @param job the job, or null for a message that is not a job
     */
    record DeadLetter(
            String entry,
            Instant since,
            Failure failure,
            @Nullable Job job) {}
}
