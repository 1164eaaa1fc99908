package youtubemp3.worker.heartbeat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.worker.WorkerSettings;

/** Which yt-dlp and ffmpeg there are, by their own word. */
@Component
class ToolVersions {

    /** Stands for a tool that cannot be run. */
    static final String MISSING = "missing";

    private static final Logger log = LoggerFactory.getLogger(ToolVersions.class);
    private static final long SECONDS = 20;

    private final WorkerSettings settings;

    ToolVersions(WorkerSettings settings) {
        this.settings = settings;
    }

    /** Such as {@code 2026.10.26}. */
    String ytDlp() {
        return firstLine(settings.ytDlp(), "--version");
    }

    /** Such as {@code 7.1.2}. */
    String ffmpeg() {
        String line = firstLine(settings.ffmpeg(), "-version");
        return line.startsWith("ffmpeg version ") ? line.split(" ")[2] : line;
    }

    private static String firstLine(String executable, String option) {
        try {
            Process process = new ProcessBuilder(List.of(executable, option))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                process.onExit()
                        .orTimeout(SECONDS, TimeUnit.SECONDS)
                        .whenComplete((done, late) -> process.destroyForcibly());
                String line = output.readLine();
                return line == null ? MISSING : line.strip();
            }
        } catch (IOException e) {
            log.error("{} cannot be run; set its path or install it: {}", executable, e.getMessage());
            return MISSING;
        }
    }
}
