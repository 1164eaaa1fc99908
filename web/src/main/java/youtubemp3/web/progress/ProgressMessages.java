package youtubemp3.web.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import youtubemp3.jobs.status.Stage;
import youtubemp3.jobs.youtube.CircuitBreaker;

/** Progress as a person would tell it. */
final class ProgressMessages {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);

    private ProgressMessages() {}

    static String stage(Stage stage) {
        return switch (stage) {
            case WAITING -> "Waiting for its turn";
            case FETCHING -> "Looking the video up on YouTube";
            case CONVERTING -> "Downloading and converting";
            case RETRYING -> "That did not work yet. Trying again soon";
            case FINISHED -> "Your MP3 is ready";
            case FAILED -> "This video could not be converted";
        };
    }

    /** Whose fault it probably is: YouTube's limits, or a change there that yt-dlp does not know yet. */
    static String pause(CircuitBreaker.Pause pause) {
        return pause.cause() == CircuitBreaker.Cause.CHANGED
                ? "YouTube has changed something, and this server's yt-dlp needs an update; your place is kept"
                : "YouTube is refusing this server; your place is kept";
    }

    /** For pages without a script, which would know the reader's own time of day. */
    static String time(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    /** As coarse as such a guess is. */
    static String remaining(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return "a few seconds left";
        }
        if (seconds < 55) {
            return "about " + (seconds + 5) / 10 * 10 + " seconds left";
        }
        long minutes = Math.max(1, (seconds + 30) / 60);
        if (minutes < 60) {
            return "about " + minutes + (minutes == 1 ? " minute left" : " minutes left");
        }
        long hours = (minutes + 30) / 60;
        return "about " + hours + (hours == 1 ? " hour left" : " hours left");
    }
}
