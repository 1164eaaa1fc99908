package youtubemp3.jobs;

import java.util.Locale;

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

    static Stage parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
