package youtubemp3.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;

/** Runs the script of the cleanup container every five minutes. */
final class CleanupSchedule implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CleanupSchedule.class);
    private static final long TIMEOUT_SECONDS = 120;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cleanup");
        thread.setDaemon(true);
        return thread;
    });
    private final String script;
    private final Path music;
    private final Map<String, String> environment;

    private CleanupSchedule(String script, Path music, Map<String, String> environment) {
        this.script = script;
        this.music = music;
        this.environment = environment;
    }

    /**
     * Starts the schedule, with the first run at once.
     *
     * @param music the folder to clean
     * @param environment may contain {@code RETENTION_MINUTES}, {@code LEFTOVER_MINUTES} and {@code QUOTA_MEGABYTES}, as for the
     *     container
     */
    static CleanupSchedule start(Path music, Map<String, String> environment) throws IOException {
        String script = new ClassPathResource("cleanup.sh").getContentAsString(StandardCharsets.UTF_8);
        CleanupSchedule schedule = new CleanupSchedule(script, music, environment);
        schedule.timer.scheduleWithFixedDelay(schedule::run, 0, 5, TimeUnit.MINUTES);
        return schedule;
    }

    private void run() {
        try {
            // read from the jar, since a script in a folder could be replaced
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", script, "cleanup.sh").redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.environment().put("MUSIC_FOLDER", music.toString());
            Process process = builder.start();
            process.onExit()
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            process.inputReader().lines().forEach(log::info);
            if (process.waitFor() != 0) {
                log.warn("Cleanup exited with {}", process.exitValue());
            }
        } catch (IOException | RuntimeException e) {
            log.warn("Cleanup could not run; it is retried in five minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
