package youtubemp3.jobs.queue;

/** A worker's claim on the job that was delivered to it. It expires unless it is renewed. */
@FunctionalInterface
public interface Lease {

    /**
     * Extends the claim by its full time; false when it is lost. A handler calls this right before any irreversible step.
     *
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    boolean renew();
}
