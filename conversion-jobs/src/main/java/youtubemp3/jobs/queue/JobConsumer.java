package youtubemp3.jobs.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * The worker's end of the queue. Delivery is at least once: a job may come twice, and none is lost. One consumer may be used by
 * several threads.
 */
public interface JobConsumer {

    /**
     * Prepares the broker. Called before the first job is taken, and again after every failure.
     *
     * @param grace how long the leases of other workers count as held from now on, since they could not be renewed while the
     *     broker was away; zero at the start
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    void join(Duration grace);

    /**
     * Takes the next job: one whose worker fell silent, else a new one. Waits a moment for it.
     *
     * @return empty when there was none
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    Optional<Delivery> take();
}
