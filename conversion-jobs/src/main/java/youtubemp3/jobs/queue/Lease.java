package youtubemp3.jobs.queue;

/** The claim of a worker on the job that it was given. It ends when the worker falls silent. */
@FunctionalInterface
public interface Lease {

    /**
     * Asks the broker whether the claim still holds and, if so, starts its time anew. To be asked right before anything that
     * cannot be undone.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    boolean renew();
}
