package youtubemp3.worker.convert;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Progress;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.youtube.YouTubeGate.Permit;

/**
 * Stores the progress of an attempt, at most twice a second, and reports the first sound to the permit as a success. The
 * conversion continues while Redis is unreachable, and is broken off by a {@link SupersededException}.
 */
final class ProgressReporter implements Listener {

    private static final Logger log = LoggerFactory.getLogger(ProgressReporter.class);
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final JobStatuses statuses;
    private final Attempt attempt;
    private final Permit permit;
    private long last = System.nanoTime() - INTERVAL;

    ProgressReporter(JobStatuses statuses, Attempt attempt, Permit permit) {
        this.statuses = statuses;
        this.attempt = attempt;
        this.permit = permit;
    }

    @Override
    public void found(Track track) {
        write(() -> checkCurrent(statuses.found(attempt, track)));
    }

    @Override
    public void progress(Progress progress) {
        write(permit::succeeded);
        if (System.nanoTime() - last >= INTERVAL) {
            last = System.nanoTime();
            write(() -> checkCurrent(statuses.progress(attempt, progress)));
        }
    }

    private static void checkCurrent(boolean current) {
        if (!current) {
            throw new SupersededException();
        }
    }

    private void write(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException e) {
            log.warn("The progress of job {} cannot be stored: {}", attempt.job(), e.toString());
        }
    }
}
