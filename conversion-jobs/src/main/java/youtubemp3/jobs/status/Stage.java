package youtubemp3.jobs.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where on its way a job is, finer than its {@link Status}; what the page shows. */
public enum Stage {
    /** In the queue. */
    WAITING,
    /** A worker asks YouTube for the video. */
    FETCHING,
    /** Sound is arriving and being encoded at the same time. */
    CONVERTING,
    /** An attempt failed for a passing reason; the next one is due later. */
    RETRYING,
    /** The file is there. */
    FINISHED,
    /** There will be no file. */
    FAILED;

    /** The name in Redis and in the API: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a name that is none of these. */
    static Optional<Stage> parse(String text) {
        return Arrays.stream(values())
                .filter(stage -> stage.text().equals(text))
                .findFirst();
    }
}
