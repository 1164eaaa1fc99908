package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/** Runs the jobs that a worker takes. */
@FunctionalInterface
public interface JobHandler {

    /** Whether a job can be handled now. The worker takes jobs only while this is true. */
    default boolean isReady() {
        return true;
    }

    /**
     * Runs one attempt. After an undeclared exception the job stays leased, and is delivered again when the lease has expired.
     *
     * @return what to do with the job
     * @throws InterruptedException when the worker stops or has lost the lease; a job still held is requeued
     */
    Outcome handle(Job job, Lease lease) throws InterruptedException;
}
