package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** A job that the broker has given to this worker, under a lease. */
public interface Delivery extends Lease {

    Job job();

    /**
     * Applies the outcome of an attempt to the queue. False when the lease was lost; then nothing has changed.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    boolean settle(Outcome outcome);

    /** Gives up a job that the handler could not handle: it is delivered again when its lease has expired. */
    void abandon();
}
