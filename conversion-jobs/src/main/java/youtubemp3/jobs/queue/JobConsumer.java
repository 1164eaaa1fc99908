package youtubemp3.jobs.queue;

import java.time.Duration;

/** The end of the queue that a worker holds. Delivery is at least once: a job may come twice, and none is lost. */
public interface JobConsumer {

    /**
     * Gives jobs to the handler, each under a lease that is renewed until the handler returns.
     *
     * @param concurrency how many jobs the handler takes at the same time
     */
    Subscription subscribe(JobHandler handler, int concurrency);

    /** A running subscription. */
    interface Subscription {

        /** How many jobs the handler has at this moment. */
        int running();

        /**
         * Takes no more jobs, gives the running ones this long to end, and then interrupts them, so that they are handed
         * back. Returns when no handler runs any more.
         */
        void stop(Duration grace);
    }
}
