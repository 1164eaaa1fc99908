package youtubemp3.worker.heartbeat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.worker.WorkerSettings;

/** Asks yt-dlp and ffmpeg for their versions. */
@Component
class ToolVersions {

    /** The version of a tool that cannot be run. */
    static final String MISSING = "missing";

    private static final Logger log = LoggerFactory.getLogger(ToolVersions.class);
    private static final long TIMEOUT_SECONDS = 20;

    private final WorkerSettings settings;

    ToolVersions(WorkerSettings settings) {
        this.settings = settings;
    }

    /** The version of yt-dlp, such as {@code 2026.10.26}; {@link #MISSING} when it cannot be run. */
    String ytDlp() {
        return firstLine(settings.ytDlp(), "--version");
    }

    /** The version of ffmpeg, such as {@code 7.1.2}; {@link #MISSING} when it cannot be run. */
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
                        .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
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
