package youtubemp3.jobs.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The stage of a job, which refines its {@link Status}; the page shows it. */
public enum Stage {
    /** In the queue. */
    WAITING,
    /** A worker is asking YouTube for the video. */
    FETCHING,
    /** The sound is being downloaded and encoded. */
    CONVERTING,
    /** An attempt failed for a temporary reason; the job waits for the next one. */
    RETRYING,
    /** The file has been published. */
    FINISHED,
    /** The job ended without a file. */
    FAILED;

    /** The name in Redis and in the API: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage of this name; empty for any other text. */
    static Optional<Stage> parse(String text) {
        return Arrays.stream(values())
                .filter(stage -> stage.text().equals(text))
                .findFirst();
    }
}
