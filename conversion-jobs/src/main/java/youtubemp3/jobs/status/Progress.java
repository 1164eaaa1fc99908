package youtubemp3.jobs.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a conversion is.
 *
 * @param stage where on its way it is
 * @param percent 0 to 100
 * @param eta the time it will probably still take, or null while nothing can be said
 */
public record Progress(Stage stage, int percent, @Nullable Duration eta) {

    public Progress {
        percent = Math.max(0, Math.min(100, percent));
    }
}
