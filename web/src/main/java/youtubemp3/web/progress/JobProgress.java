package youtubemp3.web.progress;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import youtubemp3.jobs.status.Status;
import youtubemp3.web.http.FailureReason;

/**
 * What {@code GET /status/<uuid>} answers, and what the pages show. In JSON the names are in snake case ({@code
 * eta_seconds}), and what is not known is {@code null}.
 *
 * @param id the job's id
 * @param status {@code ONQUEUE}, {@code FINISH} or {@code FAILED}
 * @param stage {@code waiting}, {@code fetching}, {@code converting}, {@code retrying}, {@code finished} or {@code failed}
 * @param message the stage as a sentence for people; while YouTube refuses this server and the job waits, that
 * @param nextTry when YouTube is asked again, while it refuses this server and the job waits for that; otherwise null
 * @param percent 0 to 100
 * @param etaSeconds how long it will probably still take
 * @param remaining the same as words for people
 * @param title the video's title
 * @param artist the video's artist
 * @param videoUrl the video's canonical address, with which it can be submitted again
 * @param attempt the attempt that runs or ran last, from 1; 0 before the first
 * @param failure why it failed, or why another attempt is needed: {@code kind} for scripts, {@code reason} for people
 * @param download where the file is, relative to the address of this answer; null unless the status is {@code FINISH}
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
        int attempt,
        @Nullable FailureReason failure,
        @Nullable String download) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);

    /** The time of the next try in the server's time zone, for a page without a script, which does not know the reader's. */
    public @Nullable String nextTryTime() {
        return nextTry == null ? null : TIME.format(nextTry.atZone(ZoneId.systemDefault()));
    }
}
