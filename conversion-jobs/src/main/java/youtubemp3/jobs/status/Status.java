package youtubemp3.jobs.status;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a job; Redis and the API use the constants' names. */
public enum Status {
    /** The job is open: it waits for a worker, runs, or waits for its next attempt. */
    ONQUEUE,
    /** The file has been published. */
    FINISH,
    /** The job ended without a file; the failure is stored with the status. */
    FAILED;

    /** The status of this name; empty for any other text. */
    static Optional<Status> parse(@Nullable String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst();
    }
}
