package youtubemp3.web.progress;

import java.time.Duration;
import youtubemp3.jobs.Stage;

/** Progress as a person would tell it. */
final class InWords {

    private InWords() {}

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
