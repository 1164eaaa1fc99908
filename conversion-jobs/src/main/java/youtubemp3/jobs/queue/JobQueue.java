package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** Web's end of the queue. It only carries jobs: how many there may be, and their attempts, are the statuses' to count. */
public interface JobQueue {

    /**
     * Puts a job at the end of the queue. Its status is written before, so that no worker takes a job without one.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    void enqueue(Job job);

    /**
     * How many jobs the broker holds.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    Depth depth();

    /**
     * @param open jobs that wait for a worker or are with one
     * @param retrying jobs that wait for their next attempt
     * @param dead dead letters
     */
    record Depth(long open, long retrying, long dead) {}
}
