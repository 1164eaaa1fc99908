package youtubemp3.jobs.queue;

/** What a worker does with a job. */
@FunctionalInterface
public interface JobHandler {

    /** Whether it could do anything with a job now. Asked before each job is taken: until then jobs wait in the queue. */
    default boolean isReady() {
        return true;
    }

    /**
     * Runs one attempt and says what shall become of the job. An exception other than the declared one leaves the job
     * leased; it comes again when the lease has run out.
     *
     * @throws InterruptedException when the worker stops or has lost the lease; a job still held is handed back, and the
     *     attempt does not count
     */
    Outcome handle(Delivery delivery) throws InterruptedException;
}
