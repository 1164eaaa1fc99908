package youtubemp3.worker.convert;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.worker.extract.AudioExtractor.Listener;

/**
 * Writes progress to Redis, at most twice a second, and that YouTube has answered once there is sound. A Redis that is away
 * stops no conversion.
 */
final class ProgressReporter implements Listener {

    private static final Logger log = LoggerFactory.getLogger(ProgressReporter.class);
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final JobStatuses statuses;
    private final CircuitBreaker circuit;
    private final UUID id;
    private final long token;
    private long last = System.nanoTime() - INTERVAL;
    private boolean answered;

    ProgressReporter(JobStatuses statuses, CircuitBreaker circuit, UUID id, long token) {
        this.statuses = statuses;
        this.circuit = circuit;
        this.id = id;
        this.token = token;
    }

    @Override
    public void found(Track track) {
        write(() -> statuses.found(id, token, track));
    }

    @Override
    public void progress(Progress progress) {
        if (!answered) {
            answered = true;
            write(() -> circuit.answered(id));
        }
        if (System.nanoTime() - last >= INTERVAL) {
            last = System.nanoTime();
            write(() -> statuses.progress(id, token, progress));
        }
    }

    private void write(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException e) {
            log.warn("Progress of job {} cannot be told: {}", id, e.toString());
        }
    }
}
