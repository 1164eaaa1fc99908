package youtubemp3.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job that was accepted with 201. */
record Promise(UUID job, AskedVideo video, Instant since) {

    /**
     * The end of a job.
     *
     * @param status {@code FINISH} or {@code FAILED}, or {@link #UNKNOWN}
     * @param attempt the last one, from 1
     * @param after how long after the 201 it was seen
     */
    record End(
            String status,
            int attempt,
            @Nullable String failure,
            @Nullable String reason,
            Duration after) {

        /** The status of a job that web does not know. */
        static final String UNKNOWN = "UNKNOWN";

        boolean finished() {
            return status.equals("FINISH");
        }

        boolean failed() {
            return status.equals("FAILED");
        }
    }

    /**
     * The response to {@code GET /download-music/<uuid>}.
     *
     * @param status the HTTP status
     * @param seconds the length of the sound
     * @param complaints the errors of ffmpeg when it decodes the file; empty without errors
     */
    record Download(int status, double seconds, String complaints) {}
}
