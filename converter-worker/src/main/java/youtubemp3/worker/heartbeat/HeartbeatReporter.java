package youtubemp3.worker.heartbeat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.consume.JobConsumerLifecycle;
import youtubemp3.worker.convert.Volume;

/** Tells, every few seconds, that this worker is there. */
@Component
class HeartbeatReporter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(HeartbeatReporter.class);

    /** Every few months something at YouTube changes for which only a newer one has the answer. */
    private static final Duration OLD = Duration.ofDays(90);

    /** Process and host, unlike any other worker's. */
    private final String name = ManagementFactory.getRuntimeMXBean().getName();

    private final WorkerHeartbeats reports;
    private final ToolVersions tools;
    private final JobConsumerLifecycle takeJobs;
    private final Volume volume;
    private final WorkerSettings settings;
    private final InstantSource clock;
    private volatile @Nullable String ytDlp;
    private volatile @Nullable String ffmpeg;
    private boolean hadProblem;

    HeartbeatReporter(
            WorkerHeartbeats reports,
            ToolVersions tools,
            JobConsumerLifecycle takeJobs,
            Volume volume,
            WorkerSettings settings,
            InstantSource clock) {
        this.reports = reports;
        this.tools = tools;
        this.takeJobs = takeJobs;
        this.volume = volume;
        this.settings = settings;
        this.clock = clock;
    }

    /** Asked anew now and then: yt-dlp may be updated under a running worker. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void askVersions() {
        String ytDlpVersion = tools.ytDlp();
        String ffmpegVersion = tools.ffmpeg();
        ytDlp = ytDlpVersion;
        ffmpeg = ffmpegVersion;
        Optional<Duration> age = newReport(ytDlpVersion, ffmpegVersion).ytDlpAge(clock.instant());
        log.info(
                "yt-dlp {}{}, ffmpeg {}",
                ytDlpVersion,
                age.map(old -> " (" + old.toDays() + " days old)").orElse(""),
                ffmpegVersion);
        if (age.isPresent() && age.get().compareTo(OLD) > 0) {
            log.warn("This yt-dlp is old. YouTube changes more often; if videos fail, update it");
        }
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void report() {
        String ytDlpVersion = ytDlp;
        String ffmpegVersion = ffmpeg;
        if (ytDlpVersion == null || ffmpegVersion == null) {
            return;
        }
        WorkerHeartbeat report = newReport(ytDlpVersion, ffmpegVersion);
        logProblem(report.problem());
        try {
            reports.report(report);
            if (settings.aliveFile() != null) {
                touch(settings.aliveFile());
            }
        } catch (DataAccessException | IOException e) {
            log.warn("Cannot report this worker: {}", e.toString());
        }
    }

    private void logProblem(@Nullable String problem) {
        if (problem != null && !hadProblem) {
            log.error("No job is taken: {}", problem);
        } else if (problem == null && hadProblem) {
            log.info("Jobs are taken again");
        }
        hadProblem = problem != null;
    }

    private WorkerHeartbeat newReport(String ytDlpVersion, String ffmpegVersion) {
        return new WorkerHeartbeat(
                name,
                ytDlpVersion,
                ffmpegVersion,
                settings.jobsAtOnce(),
                takeJobs.running(),
                volume.problem().orElse(null),
                clock.instant());
    }

    private void touch(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }

    @Override
    public void destroy() {
        try {
            reports.leave(name);
        } catch (RuntimeException e) {
            log.debug("Redis is away; the report will age", e);
        }
    }
}
