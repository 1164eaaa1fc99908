package youtubemp3.web.progress;

import java.time.Duration;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.status.Stage;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.web.http.DurationMessage;

/** Renders progress as sentences for people. */
@Component
class ProgressMessages {

    private final MessageSourceAccessor messages;

    ProgressMessages(MessageSourceAccessor messages) {
        this.messages = messages;
    }

    /** Names the kind of the file, which is a format or ZIP. */
    String stage(Stage stage, OutputOptions output) {
        Object[] file = {messages.getMessage("file." + output.extension())};
        return messages.getMessage("stage." + stage.name(), file);
    }

    /** The probable cause: YouTube's limits, or a change at YouTube that this server's yt-dlp does not support yet. */
    String pause(CircuitBreaker.Pause pause) {
        return messages.getMessage(
                pause.cause() == CircuitBreaker.Cause.CHANGED ? "pause.update-needed" : "pause.refused");
    }

    /** Rounds coarsely, since the remaining time is an estimate. */
    String remaining(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return messages.getMessage("remaining.few-seconds");
        }
        if (seconds < 55) {
            return about(Duration.ofSeconds((seconds + 5) / 10 * 10));
        }
        long minutes = Math.max(1, (seconds + 30) / 60);
        return about(Duration.ofMinutes(minutes < 60 ? minutes : (minutes + 5) / 10 * 10));
    }

    private String about(Duration rounded) {
        return messages.getMessage("remaining", new Object[] {DurationMessage.of(rounded)});
    }
}
