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

/** The one way to YouTube: the rate limit and the circuit breaker of all workers, behind one permit for each attempt. */
@Component
public class YouTubeGate {

    private static final Logger log = LoggerFactory.getLogger(YouTubeGate.class);

    /** So many different videos that YouTube forbids, with none that it gives in between, are not the videos' fault. */
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
     * Whether a job could go to YouTube now.
     *
     * @throws DataAccessException when Redis cannot be reached
     */
    public boolean isOpen() {
        return circuit.isReady();
    }

    /**
     * Waits until YouTube may be asked for the video of this job.
     *
     * @return empty while the circuit is open
     * @throws DataAccessException when Redis cannot be reached
     */
    public Optional<Permit> acquire(Job job) throws InterruptedException {
        rateLimiter.acquire();
        return circuit.tryAcquire(job.id()) ? Optional.of(new Permit(job)) : Optional.empty();
    }

    /** The permission to ask YouTube for one video. Its holder tells what YouTube answered, and closes it. */
    public final class Permit implements AutoCloseable {

        private final Job job;
        private boolean succeeded;

        private Permit(Job job) {
            this.job = job;
        }

        /** YouTube has answered, even if only that it does not give this video. */
        public void succeeded() {
            if (!succeeded) {
                succeeded = true;
                circuit.onSuccess(job.id());
            }
        }

        /** YouTube has refused the job, for a kind of failure that {@link FailureKind#mayBeServerFault}. */
        public Decision refused(FailureKind kind) {
            Opening opening = new Opening(
                    kind.isRefusal() ? 1 : THRESHOLD,
                    settings.backoff().initial(),
                    settings.backoff().max(),
                    1 + random.nextDouble() / 4);
            Decision decision =
                    circuit.onRefused(job, kind.name(), kind.isRefusal() ? Cause.BLOCKED : Cause.CHANGED, opening);
            if (decision != Decision.FAIL) {
                log.warn("Job {} keeps its place; YouTube is not asked for a while: {}", job.id(), kind);
            }
            return decision;
        }

        /** Without Redis the permit ends by itself: a probe that is not released is replaced after a while. */
        @Override
        public void close() {
            UUID id = job.id();
            try {
                circuit.release(id);
            } catch (DataAccessException e) {
                log.warn("Job {} cannot release its permit: {}", id, e.toString());
            }
        }
    }
}
