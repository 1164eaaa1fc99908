package youtubemp3.web.submit;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.QueueFullException;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.jobs.youtube.FailedVideos;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.FailureMessages;
import youtubemp3.web.http.LogContext;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.limits.SubmissionLimits;
import youtubemp3.web.video.VideoExistence;
import youtubemp3.web.video.VideoLink;
import youtubemp3.web.video.YouTubeUnreachableException;

/** Takes a link into the queue. The numbers are those of the flowchart in docs. */
@Component
class SubmissionService {

    private static final Logger log = LoggerFactory.getLogger(SubmissionService.class);

    private final FailedVideos failedVideos;
    private final SubmissionLimits limits;
    private final VideoExistence videos;
    private final WorkerHeartbeats workers;
    private final JobStatuses statuses;
    private final JobQueue queue;

    SubmissionService(
            FailedVideos failedVideos,
            SubmissionLimits limits,
            VideoExistence videos,
            WorkerHeartbeats workers,
            JobStatuses statuses,
            JobQueue queue) {
        this.failedVideos = failedVideos;
        this.limits = limits;
        this.videos = videos;
        this.workers = workers;
        this.statuses = statuses;
        this.queue = queue;
    }

    /**
     * Makes a job of a link.
     *
     * @param address the client's address, as limits count it
     * @throws CodedException when the link does not become a job
     */
    Job submit(String link, String address) {
        // 2, 3: a text that is not a link to a video costs no question to YouTube
        VideoId video = VideoLink.parse(link).orElseThrow(() -> invalid(link));
        Job job = Job.of(video);
        MDC.put(LogContext.JOB, job.id().toString());
        try {
            failedVideos.find(video).ifPresent(failure -> {
                throw new SubmissionRejectedException(MessageCode.CANNOT_CONVERT, FailureMessages.of(failure));
            });
            requireRoom();
            // before YouTube is asked: no client can make this server ask too often
            limits.admit(address, job);
            make(job, address);
            log.info("job {} is in the queue", job.id());
            return job;
        } catch (YouTubeUnreachableException e) {
            log.warn("{}", e.getMessage());
            throw new SubmissionRejectedException(
                    MessageCode.YOUTUBE_UNREACHABLE,
                    e.answered() ? HttpStatus.BAD_GATEWAY : HttpStatus.SERVICE_UNAVAILABLE);
        } catch (QueueFullException e) {
            log.warn("{}", e.getMessage());
            throw new SubmissionRejectedException(MessageCode.QUEUE_FULL);
        } catch (DataAccessException e) {
            log.warn("Redis cannot be asked: {}", e.getMessage());
            throw new SubmissionRejectedException(MessageCode.UNAVAILABLE);
        }
    }

    private static SubmissionRejectedException invalid(String link) {
        return link.isBlank()
                ? new SubmissionRejectedException(MessageCode.INVALID_LINK, "link.blank")
                : new SubmissionRejectedException(MessageCode.INVALID_LINK, MessageCode.INVALID_LINK);
    }

    /** Passes without workers: the job waits for one. */
    private void requireRoom() {
        List<WorkerHeartbeat> present = workers.present();
        if (!present.isEmpty() && present.stream().allMatch(worker -> worker.problem() != null)) {
            throw new SubmissionRejectedException(MessageCode.STORAGE_FULL);
        }
    }

    private void make(Job job, String address) {
        try {
            // 4 to 9: the cache, else YouTube
            if (!videos.exists(job.video())) {
                throw new SubmissionRejectedException(MessageCode.VIDEO_DONT_EXISTS, "link.no-video");
            }
            // 10 to 14
            enqueue(job);
        } catch (RuntimeException e) {
            limits.takeBack(address, job);
            throw e;
        }
    }

    /** Writes the status first: otherwise a quick worker's status could be overwritten. */
    private void enqueue(Job job) {
        statuses.onQueue(job);
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
            log.warn("the status of job {} stays until it expires", job.id());
        }
    }
}
