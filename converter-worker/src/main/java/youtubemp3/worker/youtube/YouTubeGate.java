package youtubemp3.worker.youtube;

import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.CircuitBreaker.Cause;
import youtubemp3.jobs.youtube.CircuitBreaker.Decision;
import youtubemp3.jobs.youtube.CircuitBreaker.Opening;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.failure.FailureKind;

/**
 * Grants each attempt at a job, and each listing of a playlist, one permit to ask YouTube, subject to the rate limit and the circuit
 * breaker of all workers.
 */
@Component
public class YouTubeGate {

    private static final Logger log = LoggerFactory.getLogger(YouTubeGate.class);

    /** After this many different videos have failed without a success in between, the cause is not the videos. */
    private static final int THRESHOLD = 3;

    private final YouTubeRateLimiter rateLimiter;
    private final CircuitBreaker circuit;
    private final WorkerSettings settings;
    private final RandomGenerator random = RandomGenerator.getDefault();

    YouTubeGate(YouTubeRateLimiter rateLimiter, CircuitBreaker circuit, WorkerSettings settings) {
        this.rateLimiter = rateLimiter;
        this.circuit = circuit;
        this.settings = settings;
    }

    /**
     * Whether the circuit breaker would let a job ask YouTube now.
     *
     * @throws DataAccessException when Redis cannot be reached
     */
    public boolean isOpen() {
        return circuit.isReady();
    }

    /**
     * Waits until the rate limit lets this job ask YouTube.
     *
     * @return empty while the circuit is open
     * @throws DataAccessException when Redis cannot be reached
     */
    public Optional<Permit> acquire(Job job) throws InterruptedException {
        awaitTurn();
        return permit(job.id(), job.video().value());
    }

    /**
     * Waits until the rate limit lets this worker ask YouTube once more, in whatever matter.
     *
     * @throws DataAccessException when Redis cannot be reached
     */
    public void awaitTurn() throws InterruptedException {
        rateLimiter.acquire();
    }

    /**
     * Grants the permit after {@link #awaitTurn}.
     *
     * @param id identifies the matter among all that ask YouTube
     * @param subject the id of the video or the playlist
     * @return empty while the circuit is open
     * @throws DataAccessException when Redis cannot be reached
     */
    public Optional<Permit> permit(UUID id, String subject) {
        return circuit.tryAcquire(id) ? Optional.of(new Permit(id, subject)) : Optional.empty();
    }

    /** The permission to ask YouTube for one video or playlist. The holder reports how YouTube responded, and closes it. */
    public final class Permit implements AutoCloseable {

        private final UUID id;
        private final String subject;
        private boolean succeeded;

        private Permit(UUID id, String subject) {
            this.id = id;
            this.subject = subject;
        }

        /** Reports that YouTube has responded, if only that this video or playlist is not available. */
        public void succeeded() {
            if (!succeeded) {
                succeeded = true;
                circuit.onSuccess(id);
            }
        }

        /** Reports that YouTube has refused the request, with a kind for which {@link FailureKind#mayBeServerFault} is true. */
        public Decision refused(FailureKind kind) {
            Opening opening = new Opening(
                    kind.isRefusal() ? 1 : THRESHOLD,
                    settings.backoff().initial(),
                    settings.backoff().max(),
                    1 + random.nextDouble() / 4);
            Cause cause = kind.isRefusal() ? Cause.BLOCKED : Cause.CHANGED;
            Decision decision = circuit.onRefused(id, subject, kind.name(), cause, opening);
            if (decision != Decision.FAIL) {
                log.warn("{} is requeued; requests to YouTube pause: {}", subject, kind);
            }
            return decision;
        }

        /** If Redis is unreachable, the permit expires: a probe that is not released is replaced after its timeout. */
        @Override
        public void close() {
            try {
                circuit.release(id);
            } catch (DataAccessException e) {
                log.warn("The permit for {} cannot be released: {}", subject, e.toString());
            }
        }
    }
}
