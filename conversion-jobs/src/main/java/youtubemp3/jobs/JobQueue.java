package youtubemp3.jobs;

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
     * @param open jobs that wait for a worker or are with one
     * @param retrying jobs that wait for their next attempt
     * @param dead jobs given up, kept for an operator to look into
     */
    record Depth(long open, long retrying, long dead) {}
}
