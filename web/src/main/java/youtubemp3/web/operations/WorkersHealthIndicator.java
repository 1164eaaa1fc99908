package youtubemp3.web.operations;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;

/**
 * Reports the running workers, the age of their yt-dlp and whether YouTube accepts their cookies. An old yt-dlp, the usual reason why
 * videos begin to fail, and expired cookies are the status {@code WARNING}. The status is never "down": this service responds without workers, and restarting it would not start one.
 */
@Component("workers")
class WorkersHealthIndicator implements HealthIndicator {

    /** Something should be done, but requests are answered. */
    static final Status WARNING = new Status("WARNING");

    private final WorkerHeartbeats reports;
    private final RunningWorkers runningWorkers;
    private final InstantSource clock;

    WorkersHealthIndicator(WorkerHeartbeats reports, RunningWorkers runningWorkers, InstantSource clock) {
        this.reports = reports;
        this.runningWorkers = runningWorkers;
        this.clock = clock;
    }

    @Override
    public Health health() {
        List<WorkerHeartbeat> present;
        try {
            present = reports.running();
        } catch (DataAccessException e) {
            return Health.unknown()
                    .withDetail("problem", "Redis cannot be asked")
                    .build();
        }
        Health.Builder health = Health.up().withDetail("count", present.size());
        if (present.isEmpty()) {
            health.withDetail("problem", "no worker is there; jobs wait");
        }
        if (present.stream().anyMatch(worker -> worker.cookiesExpired() != null)) {
            health.status(WARNING)
                    .withDetail(
                            "problem", "YouTube no longer accepts the cookies; export them again and replace the file");
        }
        if (present.stream().anyMatch(worker -> runningWorkers.isOld(worker, clock.instant()))) {
            health.status(WARNING)
                    .withDetail(
                            "problem", "yt-dlp is old; update it, since YouTube changes and an old one stops working");
        }
        present.forEach(worker -> health.withDetail(worker.name(), details(worker)));
        return health.build();
    }

    private Map<String, Object> details(WorkerHeartbeat worker) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("yt_dlp", worker.ytDlp());
        worker.ytDlpAge(clock.instant()).ifPresent(age -> details.put("yt_dlp_age_days", age.toDays()));
        details.put("ffmpeg", worker.ffmpeg());
        details.put("running", worker.running());
        details.put("concurrency", worker.concurrency());
        if (worker.problem() != null) {
            details.put("problem", worker.problem());
        }
        if (worker.cookiesExpired() != null) {
            details.put("cookies_expired", worker.cookiesExpired().toString());
        }
        details.put("seen", worker.seen().toString());
        return details;
    }
}
