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
import youtubemp3.jobs.storage.StorageProblem;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.consume.JobConsumerLifecycle;
import youtubemp3.worker.convert.WorkFolders;
import youtubemp3.worker.extract.Cookies;

/** Sends a heartbeat of this worker every few seconds. */
@Component
class HeartbeatReporter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(HeartbeatReporter.class);

    /** {@code <process id>@<host>}, which is unique among the workers. */
    private final String name = ManagementFactory.getRuntimeMXBean().getName();

    private final WorkerHeartbeats heartbeats;
    private final ToolVersions tools;
    private final JobConsumerLifecycle consumer;
    private final WorkFolders workFolders;
    private final Cookies cookies;
    private final WorkerSettings settings;
    private final InstantSource clock;
    private volatile @Nullable String ytDlp;
    private volatile @Nullable String ffmpeg;
    private StorageProblem.@Nullable Reason lastProblem;

    HeartbeatReporter(
            WorkerHeartbeats heartbeats,
            ToolVersions tools,
            JobConsumerLifecycle consumer,
            WorkFolders workFolders,
            Cookies cookies,
            WorkerSettings settings,
            InstantSource clock) {
        this.heartbeats = heartbeats;
        this.tools = tools;
        this.consumer = consumer;
        this.workFolders = workFolders;
        this.cookies = cookies;
        this.settings = settings;
        this.clock = clock;
    }

    /** Repeated, since yt-dlp may be updated under a running worker. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void askVersions() {
        String ytDlpVersion = tools.ytDlp();
        String ffmpegVersion = tools.ffmpeg();
        ytDlp = ytDlpVersion;
        ffmpeg = ffmpegVersion;
        Optional<Duration> age = newHeartbeat(ytDlpVersion, ffmpegVersion).ytDlpAge(clock.instant());
        log.info(
                "yt-dlp {}{}, ffmpeg {}",
                ytDlpVersion,
                age.map(old -> " (" + old.toDays() + " days old)").orElse(""),
                ffmpegVersion);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void send() {
        String ytDlpVersion = ytDlp;
        String ffmpegVersion = ffmpeg;
        if (ytDlpVersion == null || ffmpegVersion == null) {
            return;
        }
        WorkerHeartbeat heartbeat = newHeartbeat(ytDlpVersion, ffmpegVersion);
        logProblem(heartbeat);
        try {
            heartbeats.send(heartbeat);
            if (settings.heartbeatFile() != null) {
                touch(settings.heartbeatFile());
            }
        } catch (DataAccessException | IOException e) {
            log.warn("The heartbeat cannot be sent: {}", e.toString());
        }
    }

    /** Only when a problem begins or ends. */
    private void logProblem(WorkerHeartbeat heartbeat) {
        if (heartbeat.problemReason() == lastProblem) {
            return;
        }
        lastProblem = heartbeat.problemReason();
        if (lastProblem == null) {
            log.info("This worker takes jobs again");
        } else {
            log.error("This worker takes no jobs: {}", heartbeat.problem());
        }
    }

    private WorkerHeartbeat newHeartbeat(String ytDlpVersion, String ffmpegVersion) {
        Optional<StorageProblem> problem = workFolders.problem();
        return new WorkerHeartbeat(
                name,
                ytDlpVersion,
                ffmpegVersion,
                settings.jobsAtOnce(),
                consumer.running(),
                problem.map(StorageProblem::description).orElse(null),
                problem.map(StorageProblem::reason).orElse(null),
                cookies.expired().orElse(null),
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
            heartbeats.remove(name);
        } catch (RuntimeException e) {
            log.debug("The heartbeat cannot be removed; it expires", e);
        }
    }
}
