package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** What a worker does with a job. */
@FunctionalInterface
public interface JobHandler {

    /** Whether a job could be handled now. Asked before each job is taken: until then jobs wait in the queue. */
    default boolean isReady() {
        return true;
    }

    /**
     * Runs one attempt. An exception other than the declared one leaves the job leased; it comes again when the lease has run
     * out.
     *
     * @return what becomes of the job
     * @throws InterruptedException when the worker stops or has lost the lease; a job still held is requeued
     */
    Outcome handle(Job job, Lease lease) throws InterruptedException;
}
