package youtubemp3.jobs.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a conversion.
 *
 * @param stage the current stage
 * @param percent 0 to 100; other values are clamped
 * @param eta the estimated remaining time, or null if unknown
 */
public record Progress(Stage stage, int percent, @Nullable Duration eta) {

    public Progress {
        percent = Math.max(0, Math.min(100, percent));
    }
}
