package youtubemp3.jobs.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.status.QueueFullException;

/** The end of the queue that web holds. */
public interface JobQueue {

    /**
     * Puts a job at the end of the queue. Whoever calls it has written the job's status before, so that no worker is
     * quicker than the status.
     *
     * @throws QueueFullException when as many jobs as allowed wait or run already; nothing was written
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    void enqueue(Job job);

    /**
     * How many jobs there are, for those who watch over it.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    Depth depth();

    /**
     * Jobs that were given up for a reason that is not their video's, the newest first.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    List<DeadJob> dead(int most);

    /** One of them; empty when it is not there any more. */
    Optional<DeadJob> dead(String entry);

    /**
     * Puts a job that was given up at the end of the queue again, whatever its limit, with all its attempts before it. As
     * with {@link #enqueue}, its status comes first. False when it is not there any more.
     *
     * @param entry the {@link DeadJob}'s own id
     */
    boolean putBack(String entry);

    /** Forgets a job that was given up. False when it is not there any more. */
    boolean remove(String entry);

    /**
     * @param entry its id among those that were given up
     * @param since when it was given up
     * @param failure why
     * @param job the job, or null for a message that was none
     */
    record DeadJob(
            String entry,
            Instant since,
            Failure failure,
            @Nullable Job job) {}

    /**
     * @param open jobs that wait for a worker or are with one
     * @param retrying jobs that wait for their next attempt
     * @param dead jobs given up, kept for an operator to look into
     */
    record Depth(long open, long retrying, long dead) {}
}
