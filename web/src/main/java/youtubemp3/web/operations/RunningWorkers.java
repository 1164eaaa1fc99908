package youtubemp3.web.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;

/**
 * Knows the running workers, for pages and metrics, and warns once a day while a yt-dlp is old: YouTube changes a few times a year, and
 * then only a newer yt-dlp can download. It reads the heartbeats on a schedule, so that neither a page nor a scrape waits for Redis.
 */
@Component
public class RunningWorkers {

    private static final Logger log = LoggerFactory.getLogger(RunningWorkers.class);

    private final WorkerHeartbeats heartbeats;
    private final OperationsSettings settings;
    private final InstantSource clock;
    private volatile List<WorkerHeartbeat> running = List.of();
    private Instant nextWarning = Instant.MIN;

    RunningWorkers(
            WorkerHeartbeats heartbeats, OperationsSettings settings, InstantSource clock, MeterRegistry metrics) {
        this.heartbeats = heartbeats;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("youtubemp3.ytdlp.age", this, RunningWorkers::oldestInDays)
                .baseUnit("days")
                .description("The age of the oldest yt-dlp of a running worker")
                .register(metrics);
        Gauge.builder("youtubemp3.workers.cookies.expired", this, RunningWorkers::withExpiredCookies)
                .description("Running workers whose cookies YouTube no longer accepts")
                .register(metrics);
    }

    @Scheduled(fixedDelayString = "PT5S")
    public void read() {
        try {
            running = heartbeats.running();
        } catch (DataAccessException e) {
            // a stale version would mislead
            running = List.of();
        }
        warn();
    }

    /** The versions of yt-dlp, each once, oldest first. Those without a date are left out. */
    public List<String> ytDlpVersions() {
        Instant now = clock.instant();
        return running.stream()
                .filter(worker -> worker.ytDlpAge(now).isPresent())
                .map(WorkerHeartbeat::ytDlp)
                .distinct()
                .sorted()
                .toList();
    }

    private void warn() {
        Instant now = clock.instant();
        List<WorkerHeartbeat> old =
                running.stream().filter(worker -> isOld(worker, now)).toList();
        if (old.isEmpty() || now.isBefore(nextWarning)) {
            return;
        }
        nextWarning = now.plus(Duration.ofDays(1));
        old.forEach(worker -> log.warn(
                "yt-dlp {} of worker {} is more than {} days old. YouTube changes, and an old yt-dlp stops working: update it",
                worker.ytDlp(),
                worker.name(),
                settings.maxYtDlpAge().toDays()));
    }

    /** Whether health and log warn of it. */
    boolean isOld(WorkerHeartbeat worker, Instant now) {
        return worker.ytDlpAge(now)
                .filter(age -> age.compareTo(settings.maxYtDlpAge()) > 0)
                .isPresent();
    }

    private double oldestInDays() {
        Instant now = clock.instant();
        return running.stream()
                .flatMap(worker -> worker.ytDlpAge(now).stream())
                .max(Comparator.naturalOrder())
                .map(age -> (double) age.toDays())
                .orElse(Double.NaN);
    }

    private long withExpiredCookies() {
        return running.stream()
                .filter(worker -> worker.cookiesExpired() != null)
                .count();
    }
}
