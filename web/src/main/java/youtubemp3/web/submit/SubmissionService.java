package youtubemp3.web.submit;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.QueueFullException;
import youtubemp3.jobs.youtube.KnownVideos;
import youtubemp3.jobs.youtube.KnownVideos.KnownVideo;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.FailureMessages;
import youtubemp3.web.http.LogContext;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.limits.SubmissionLimits;
import youtubemp3.web.video.PastedText;
import youtubemp3.web.video.VideoExistence;
import youtubemp3.web.video.YouTubeUnreachableException;

/** Turns submitted links into jobs. The numbers are those of the flowchart in docs/submit.md. */
@Component
public class SubmissionService {

    private static final Logger log = LoggerFactory.getLogger(SubmissionService.class);

    private final KnownVideos knownVideos;
    private final SubmissionLimits limits;
    private final VideoExistence videos;
    private final WorkerStorage workers;
    private final JobStatuses statuses;
    private final JobQueue queue;

    SubmissionService(
            KnownVideos knownVideos,
            SubmissionLimits limits,
            VideoExistence videos,
            WorkerStorage workers,
            JobStatuses statuses,
            JobQueue queue) {
        this.knownVideos = knownVideos;
        this.limits = limits;
        this.videos = videos;
        this.workers = workers;
        this.statuses = statuses;
        this.queue = queue;
    }

    /**
     * Creates and enqueues a job for a link.
     *
     * @param output what is made of the video
     * @param address the client's address, as the limits count it
     * @throws CodedException when the submission is rejected
     */
    public Job submit(String link, OutputOptions output, String address) {
        // 2, 3: what is not a link to a video is not asked for
        PastedText pasted = PastedText.of(link);
        VideoId video = pasted.video()
                .orElseThrow(() -> new SubmissionRejectedException(MessageCode.INVALID_LINK, pasted.problem()));
        Job job = new Job(UUID.randomUUID(), video, output);
        MDC.put(LogContext.JOB, job.id().toString());
        try {
            // 4: the cache
            KnownVideo known = knownVideos.find(video);
            if (known.failure() != null) {
                throw new SubmissionRejectedException(MessageCode.CANNOT_CONVERT, FailureMessages.of(known.failure()));
            }
            MessageCode problem = workers.problem();
            if (problem != null) {
                throw new SubmissionRejectedException(problem);
            }
            // before YouTube is asked, so that a client cannot make this server ask too often
            limits.admit(address);
            // 5 to 9: otherwise YouTube
            boolean exists = known.exists() == null ? videos.ask(video) : known.exists();
            if (!exists) {
                throw new SubmissionRejectedException(MessageCode.VIDEO_DONT_EXISTS, "link.no-video");
            }
            // 10 to 14
            enqueue(job, address);
            log.info("Job {} is in the queue", job.id());
            return job;
        } catch (YouTubeUnreachableException e) {
            log.warn("{}", e.getMessage());
            throw new SubmissionRejectedException(
                    MessageCode.YOUTUBE_UNREACHABLE,
                    e.answered() ? HttpStatus.BAD_GATEWAY : HttpStatus.SERVICE_UNAVAILABLE);
        } catch (DataAccessException e) {
            log.warn("Redis or the broker cannot be asked: {}", e.getMessage());
            throw new SubmissionRejectedException(MessageCode.UNAVAILABLE);
        }
    }

    /** The status is written first, so that no worker takes a job without one. */
    private void enqueue(Job job, String address) {
        try {
            statuses.onQueue(job, address, limits.openJobs());
        } catch (QueueFullException e) {
            log.warn("{}", e.getMessage());
            throw e.isClientsShare()
                    ? SubmissionLimits.tooManyOpenJobs()
                    : new SubmissionRejectedException(MessageCode.QUEUE_FULL);
        }
        try {
            queue.enqueue(job);
        } catch (RuntimeException e) {
            forget(job);
            throw e;
        }
    }

    private void forget(Job job) {
        try {
            statuses.forget(job.id());
        } catch (DataAccessException e) {
            log.warn("The status of job {} cannot be removed; it expires", job.id());
        }
    }
}
