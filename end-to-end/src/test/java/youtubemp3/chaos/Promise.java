package youtubemp3.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job that was answered with 201. */
record Promise(UUID job, AskedVideo video, Instant since) {

    /**
     * What it came to.
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

        /** Web knows no such job. */
        static final String UNKNOWN = "UNKNOWN";

        boolean finished() {
            return status.equals("FINISH");
        }

        boolean failed() {
            return status.equals("FAILED");
        }
    }

    /**
     * What {@code GET /download-music/<uuid>} gave.
     *
     * @param status of the answer
     * @param seconds how long the sound is
     * @param complaints what ffmpeg says when it decodes it; empty if all is well
     */
    record Download(int status, double seconds, String complaints) {}
}
