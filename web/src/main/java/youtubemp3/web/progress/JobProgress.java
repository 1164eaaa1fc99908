package youtubemp3.web.progress;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import youtubemp3.jobs.status.Status;
import youtubemp3.web.http.FailureReason;

/**
 * The response to {@code GET /status/<uuid>} and the model of the pages. In JSON the names are in snake case ({@code eta_seconds}),
 * and unknown values are {@code null}.
 *
 * @param id the job's id
 * @param status {@code ONQUEUE}, {@code FINISH} or {@code FAILED}
 * @param stage {@code waiting}, {@code fetching}, {@code converting}, {@code retrying}, {@code finished} or {@code failed}
 * @param message the stage as a sentence for people; for a waiting job, that YouTube refuses this server, if it does
 * @param nextTry when YouTube is asked again, if it refuses this server and the job waits for that; otherwise null
 * @param percent 0 to 100
 * @param etaSeconds the estimated remaining time, in seconds
 * @param remaining the estimated remaining time, for people
 * @param title the video's title
 * @param artist the video's artist
 * @param videoUrl the video's canonical address, with which it can be submitted again
 * @param options the fields of the job's {@link youtubemp3.jobs.OutputOptions}, with which it can be submitted again
 * @param attempt the number of the latest attempt, from 1; 0 before the first
 * @param failure why the job or its latest attempt failed: {@code kind} for scripts, {@code reason} for people
 * @param download the link to the file, relative to the address of this response; null unless the status is {@code FINISH}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record JobProgress(
        UUID id,
        Status status,
        String stage,
        String message,
        @Nullable Instant nextTry,
        int percent,
        @Nullable Long etaSeconds,
        @Nullable String remaining,
        @Nullable String title,
        @Nullable String artist,
        @Nullable String videoUrl,
        Map<String, String> options,
        int attempt,
        @Nullable FailureReason failure,
        @Nullable String download) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);

    /** The time of the next try in the server's time zone, for a page without a script, which does not know the reader's. */
    public @Nullable String nextTryTime() {
        return nextTry == null ? null : TIME.format(nextTry.atZone(ZoneId.systemDefault()));
    }
}
