package youtubemp3.web.system;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.WorkerReport;
import youtubemp3.jobs.WorkerReports;

/**
 * The workers that are there, and how old their yt-dlp is: an old one is the usual reason why videos begin to fail. It never
 * says "down": this service answers without workers, and restarting it would not bring one back.
 */
@Component("workers")
class WorkersHealthIndicator implements HealthIndicator {

    private static final DateTimeFormatter RELEASE_DAY = DateTimeFormatter.ofPattern("uuuu.MM.dd");

    private final WorkerReports reports;
    private final InstantSource clock;

    WorkersHealthIndicator(WorkerReports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Health health() {
        List<WorkerReport> present;
        try {
            present = reports.present();
        } catch (DataAccessException e) {
            return Health.unknown()
                    .withDetail("problem", "Redis cannot be asked")
                    .build();
        }
        Health.Builder health = Health.up().withDetail("count", present.size());
        if (present.isEmpty()) {
            health.withDetail("problem", "no worker is there; jobs wait");
        }
        present.forEach(worker -> health.withDetail(worker.name(), details(worker)));
        return health.build();
    }

    private Map<String, Object> details(WorkerReport worker) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("yt_dlp", worker.ytDlp());
        Long age = ageInDays(worker.ytDlp());
        if (age != null) {
            details.put("yt_dlp_age_days", age);
        }
        details.put("ffmpeg", worker.ffmpeg());
        details.put("running", worker.running());
        details.put("concurrency", worker.concurrency());
        details.put("seen", worker.seen().toString());
        return details;
    }

    /** Null for a version that is no day; a nightly one has a time of day behind it. */
    private @Nullable Long ageInDays(String version) {
        try {
            LocalDate released = LocalDate.parse(version.substring(0, Math.min(10, version.length())), RELEASE_DAY);
            return ChronoUnit.DAYS.between(
                    released, clock.instant().atOffset(ZoneOffset.UTC).toLocalDate());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
