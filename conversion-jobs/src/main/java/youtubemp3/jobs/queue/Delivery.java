package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** A job that the broker has given to this worker, under a lease. */
public interface Delivery extends Lease {

    Job job();

    /**
     * Carries out the outcome of an attempt. False when the lease was lost, and nothing was changed.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    boolean settle(Outcome outcome);
}
