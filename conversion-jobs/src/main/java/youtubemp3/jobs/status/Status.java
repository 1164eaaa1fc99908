package youtubemp3.jobs.status;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a job has come to, by the names under which Redis keeps it. */
public enum Status {
    /** Waiting for a worker, with one, or waiting for its next attempt. */
    ONQUEUE,
    /** The file is there. */
    FINISH,
    /** There will be no file; the reason is kept beside the status. */
    FAILED;

    /** The status of this name; empty for any other text. */
    static Optional<Status> parse(@Nullable String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst();
    }
}
