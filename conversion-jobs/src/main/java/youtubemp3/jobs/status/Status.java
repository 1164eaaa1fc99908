package youtubemp3.jobs.status;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.redis.UnreadableKeys;

/** The status of a job; Redis and the API use the constants' names. */
public enum Status {
    /** The job is open: it waits for a worker, runs, or waits for its next attempt. */
    ONQUEUE,
    /** The file has been published. */
    FINISH,
    /** The job ended without a file; the failure is stored with the status. */
    FAILED;

    /** The status of this name that is stored under the key; empty for no text and for any other, which is logged once. */
    static Optional<Status> read(String key, @Nullable String text) {
        Optional<Status> status = Arrays.stream(values())
                .filter(known -> known.name().equals(text))
                .findFirst();
        if (text != null && status.isEmpty()) {
            UnreadableKeys.warn(key);
        }
        return status;
    }
}
