package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** Web's end of the queue. It only transports jobs: {@code JobStatuses} counts attempts and limits the open jobs. */
public interface JobQueue {

    /**
     * Appends a job to the queue. The caller writes its status first, so that no worker takes a job without one.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    void enqueue(Job job);

    /**
     * The number of jobs in the queue.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    Depth depth();

    /**
     * Numbers of jobs in the queue.
     *
     * @param open jobs that wait for a worker or are running
     * @param retrying jobs that wait for their next attempt
     * @param dead dead letters
     */
    record Depth(long open, long retrying, long dead) {}
}
