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
import youtubemp3.web.http.AccessLogFilter;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.limits.SubmissionLimits;
import youtubemp3.web.limits.TooManyRequestsException;
import youtubemp3.web.video.VideoExistence;
import youtubemp3.web.video.VideoLink;
import youtubemp3.web.video.YouTubeUnreachableException;

/** The way of a link into the queue. The numbers are those of the flowchart in docs. */
@Component
class SubmissionService {

    private static final Logger log = LoggerFactory.getLogger(SubmissionService.class);

    private static final String NOTHING = "Paste a link to a YouTube video.";
    private static final String NOT_A_LINK = "This is not a link to a YouTube video.";
    private static final String NO_VIDEO = "YouTube has no such video. Is the link complete?";

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
     * @param address whose link it is, as limits count them
     * @throws SubmissionRejectedException when there is none to be made
     */
    Job submit(String link, String address) {
        // 2, 3: what is no link to a video is not asked for
        VideoId video = VideoLink.parse(link)
                .orElseThrow(() -> SubmissionRejectedException.ofField(
                        MessageCode.INVALID_LINK, link.isBlank() ? NOTHING : NOT_A_LINK));
        Job job = Job.of(video);
        MDC.put(AccessLogFilter.JOB, job.id().toString());
        try {
            failedVideos.find(video).ifPresent(failure -> {
                throw SubmissionRejectedException.ofField(MessageCode.CANNOT_CONVERT, failure.reason());
            });
            requireRoom();
            // before YouTube is asked: nobody is to make this server ask too often
            limits.admit(address, job);
            make(job, address);
            log.info("job {} is in the queue", job.id());
            return job;
        } catch (TooManyRequestsException e) {
            throw SubmissionRejectedException.of(e);
        } catch (YouTubeUnreachableException e) {
            log.warn("{}", e.getMessage());
            throw SubmissionRejectedException.of(
                    MessageCode.YOUTUBE_UNREACHABLE,
                    e.answered() ? HttpStatus.BAD_GATEWAY : HttpStatus.SERVICE_UNAVAILABLE);
        } catch (QueueFullException e) {
            log.warn("{}", e.getMessage());
            throw SubmissionRejectedException.of(MessageCode.QUEUE_FULL);
        } catch (DataAccessException e) {
            log.warn("Redis cannot be asked: {}", e.getMessage());
            throw SubmissionRejectedException.of(MessageCode.UNAVAILABLE);
        }
    }

    /** Without a worker nobody knows; the job waits for one. */
    private void requireRoom() {
        List<WorkerHeartbeat> present = workers.present();
        if (!present.isEmpty() && present.stream().allMatch(worker -> worker.problem() != null)) {
            throw SubmissionRejectedException.of(MessageCode.STORAGE_FULL);
        }
    }

    private void make(Job job, String address) {
        try {
            // 4 to 9: the cache, else YouTube
            if (!videos.exists(job.video())) {
                throw SubmissionRejectedException.ofField(MessageCode.VIDEO_DONT_EXISTS, NO_VIDEO);
            }
            // 10 to 14
            enqueue(job);
        } catch (RuntimeException e) {
            limits.takeBack(address, job);
            throw e;
        }
    }

    /** The status first, so that no worker is quicker than it. */
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
