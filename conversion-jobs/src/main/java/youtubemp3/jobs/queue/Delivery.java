package youtubemp3.jobs.queue;

import youtubemp3.jobs.Job;

/**
 * One attempt at a job.
 *
 * @param attempt counted from 1 over all workers, those that died included
 * @param lease the worker's claim on the job
 */
public record Delivery(Job job, int attempt, Lease lease) {

    /** A claim on a job that ends when its holder falls silent. */
    @FunctionalInterface
    public interface Lease {

        /**
         * Asks the broker whether the claim still holds and, if so, starts its time anew. To be asked right before
         * anything that cannot be taken back.
         */
        boolean renew();
    }
}
