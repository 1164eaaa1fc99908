package youtubemp3.web.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.Stage;
import youtubemp3.jobs.status.Status;
import youtubemp3.jobs.youtube.CircuitBreaker;

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
 * @param artist who it is by
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
        @Nullable Failure failure,
        @Nullable String download) {

    /** What is to be told of a job. */
    public static JobProgress of(UUID id, JobStatus job, CircuitBreaker circuit) {
        Stage stage = job.progress().stage();
        boolean waits = stage == Stage.WAITING || stage == Stage.RETRYING;
        CircuitBreaker.Pause pause = waits ? circuit.pause().orElse(null) : null;
        Duration eta = job.progress().eta();
        Track track = job.track();
        VideoId video = job.video();
        return new JobProgress(
                id,
                job.status(),
                stage.text(),
                pause == null ? ProgressMessages.stage(stage) : ProgressMessages.pause(pause),
                pause == null ? null : pause.nextTry(),
                job.progress().percent(),
                eta == null ? null : eta.toSeconds(),
                eta == null ? null : ProgressMessages.remaining(eta),
                track == null ? null : track.title(),
                track == null || track.artist().isBlank() ? null : track.artist(),
                video == null ? null : video.watchAddress(),
                job.attempt(),
                job.failure(),
                job.status() == Status.FINISH ? "../download-music/" + id : null);
    }

    /** The time of the next try as a page without a script shows it. */
    public @Nullable String nextTryInWords() {
        return nextTry == null ? null : "next try at " + ProgressMessages.time(nextTry);
    }
}
