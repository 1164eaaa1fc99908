package youtubemp3.web.progress;

import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.Stage;
import youtubemp3.jobs.status.Status;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.web.http.FailureMessages;

/** Reads the progress of jobs, with its messages for people. */
@Component
public class JobProgressReader {

    private final CircuitBreaker circuit;
    private final ProgressMessages messages;
    private final FailureMessages failures;

    JobProgressReader(CircuitBreaker circuit, ProgressMessages messages, FailureMessages failures) {
        this.circuit = circuit;
        this.messages = messages;
        this.failures = failures;
    }

    /** The progress of a job. For a waiting job it tells whether YouTube refuses this server. */
    public JobProgress read(UUID id, JobStatus job) {
        Stage stage = job.progress().stage();
        boolean waits = stage == Stage.WAITING || stage == Stage.RETRYING;
        CircuitBreaker.Pause pause = waits ? circuit.pause().orElse(null) : null;
        Duration eta = job.progress().eta();
        Track track = job.track();
        VideoId video = job.video();
        Failure failure = job.failure();
        return new JobProgress(
                id,
                job.status(),
                stage.text(),
                pause == null ? messages.stage(stage, job.output()) : messages.pause(pause),
                pause == null ? null : pause.nextTry(),
                job.progress().percent(),
                eta == null ? null : eta.toSeconds(),
                eta == null ? null : messages.remaining(eta),
                track == null ? null : track.title(),
                track == null || track.artist().isBlank() ? null : track.artist(),
                video == null ? null : video.watchAddress(),
                job.output().fields(),
                job.attempt(),
                failure == null ? null : failures.reason(failure),
                job.status() == Status.FINISH ? "../download-music/" + id : null);
    }
}
