package youtubemp3.jobs.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * The worker's end of the queue. It delivers each job at least once, so a job may be delivered twice. A consumer is thread-safe.
 */
public interface JobConsumer {

    /**
     * Prepares the broker. The caller repeats this after every failure of the broker.
     *
     * @param grace how long, from now on, the leases of other workers count as held, since they could not be renewed while the
     *     broker was unreachable; zero at the start
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    void join(Duration grace);

    /**
     * Takes the next job: one whose lease has expired, or else a new one. Blocks for a short time until one is available.
     *
     * @return empty when none was available
     * @throws org.springframework.dao.DataAccessException when the broker cannot be reached
     */
    Optional<Delivery> take();
}
