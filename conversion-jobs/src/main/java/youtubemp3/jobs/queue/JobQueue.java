package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** Web's end of the queue. It only transports jobs: {@code JobStatuses} counts attempts and limits the open jobs. */
public interface JobQueue {

    /**
     * Appends a job to the queue. The caller writes its status first, so that no worker takes a job without one.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached, or refuses the job
     */
    void enqueue(Job job);

    /**
     * The state of the queue, for an operator.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    State state();

    /**
     * The state of the queue.
     *
     * @param waiting the number of jobs that no worker has taken
     * @param unroutable how many jobs this process has published while the broker had no queue for them
     * @param blocked whether the broker accepts no jobs for now, since its memory or disk is full
     */
    record State(long waiting, long unroutable, boolean blocked) {}
}
