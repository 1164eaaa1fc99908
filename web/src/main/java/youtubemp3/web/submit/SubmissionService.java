package youtubemp3.web.submit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Outbox;
import youtubemp3.jobs.status.QueueFullException;
import youtubemp3.jobs.status.Status;
import youtubemp3.jobs.status.Wishes;
import youtubemp3.jobs.status.Wishes.Wish;
import youtubemp3.jobs.storage.AudioStore;
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

/** Turns submitted links, and videos of playlists, into jobs. The numbers are those of the flowchart in docs/submit.md. */
@Component
public class SubmissionService {

    private static final Logger log = LoggerFactory.getLogger(SubmissionService.class);

    /** A finished job with a shorter rest of its life goes through a worker again, which renews the age of its file. */
    private static final int PART_OF_LIFE = 8;

    private final KnownVideos knownVideos;
    private final SubmissionLimits limits;
    private final VideoExistence videos;
    private final WorkerStorage workers;
    private final ConversionIds ids;
    private final Wishes wishes;
    private final AudioStore store;
    private final JobStatuses statuses;
    private final Outbox outbox;
    private final JobQueue queue;
    private final JobSettings settings;

    SubmissionService(
            KnownVideos knownVideos,
            SubmissionLimits limits,
            VideoExistence videos,
            WorkerStorage workers,
            ConversionIds ids,
            Wishes wishes,
            AudioStore store,
            JobStatuses statuses,
            Outbox outbox,
            JobQueue queue,
            JobSettings settings) {
        this.knownVideos = knownVideos;
        this.limits = limits;
        this.videos = videos;
        this.workers = workers;
        this.ids = ids;
        this.wishes = wishes;
        this.store = store;
        this.statuses = statuses;
        this.outbox = outbox;
        this.queue = queue;
        this.settings = settings;
    }

    /**
     * Finds the job of a link, or creates and enqueues it.
     *
     * @param output what is made of the video
     * @param address the client's address, as the limits count it
     * @throws CodedException when the submission is rejected
     */
    Submission submit(String link, OutputOptions output, String address) {
        // 2, 3: what is not a link to a video is not asked for
        PastedText pasted = PastedText.of(link);
        Optional<PlaylistId> playlist = pasted.playlist();
        VideoId video = pasted.video()
                .orElseThrow(() -> playlist.<SubmissionRejectedException>map(PlaylistLinkException::new)
                        .orElseGet(() -> new SubmissionRejectedException(MessageCode.INVALID_LINK, pasted.problem())));
        try {
            Job job = new Job(ids.of(video, output), video, output);
            MDC.put(LogContext.JOB, job.id().toString());
            Wish wish = wishes.add(job.id());
            if (!isThere(job, wish)) {
                submit(job, wish, address);
            }
            return new Submission(job.id(), wish.id(), playlist.orElse(null));
        } catch (YouTubeUnreachableException e) {
            log.warn("{}", e.getMessage());
            throw new SubmissionRejectedException(
                    MessageCode.YOUTUBE_UNREACHABLE,
                    e.answered() ? HttpStatus.BAD_GATEWAY : HttpStatus.SERVICE_UNAVAILABLE);
        } catch (DataAccessException e) {
            throw unavailable(e);
        }
    }

    private static SubmissionRejectedException unavailable(DataAccessException e) {
        log.warn("Redis or the broker cannot be asked: {}", e.getMessage());
        return new SubmissionRejectedException(MessageCode.UNAVAILABLE);
    }

    /**
     * A video of a playlist.
     *
     * @param title what the playlist calls it, not blank; null if unknown
     */
    public record ListedVideo(VideoId video, @Nullable String title, OutputOptions output) {}

    /**
     * Finds the jobs of the videos of a playlist, or creates and enqueues them: all, or none. YouTube is not asked, as the playlist says
     * that they exist. All together count as one submission.
     *
     * @param address the client's address, as the limits count it
     * @return the ids of the jobs, in the order of the videos
     * @throws CodedException when they are rejected
     */
    public List<UUID> submit(List<ListedVideo> videos, String address) {
        List<Wish> added = new ArrayList<>();
        try {
            limits.admit(address);
            List<UUID> jobs = new ArrayList<>();
            Map<Job, ListedVideo> missing = new LinkedHashMap<>();
            for (ListedVideo video : videos) {
                Job job = new Job(ids.of(video.video(), video.output()), video.video(), video.output());
                jobs.add(job.id());
                Wish wish = wishes.add(job.id());
                added.add(wish);
                if (!isThere(job, wish)) {
                    missing.put(job, video);
                }
            }
            if (!missing.isEmpty()) {
                requireStorage();
                requireRoom(missing.size(), address);
                missing.forEach((job, video) -> enqueue(job, address, track(video)));
            }
            return jobs;
        } catch (DataAccessException e) {
            added.forEach(this::takeBack);
            throw unavailable(e);
        } catch (RuntimeException e) {
            added.forEach(this::takeBack);
            throw e;
        }
    }

    private static @Nullable Track track(ListedVideo video) {
        String title = video.title();
        return title == null ? null : new Track(title, "");
    }

    private void requireRoom(int jobs, String address) {
        try {
            statuses.requireRoom(jobs, address, limits.openJobs());
        } catch (QueueFullException e) {
            throw full(e);
        }
    }

    private void requireStorage() {
        MessageCode problem = workers.problem();
        if (problem != null) {
            throw new SubmissionRejectedException(problem);
        }
    }

    /** Whether the job is open, or finished with a file that is kept for a while. */
    private boolean isThere(Job job, Wish wish) {
        if (wish.status() != Status.FINISH) {
            return wish.status() == Status.ONQUEUE;
        }
        Duration life = settings.keepFinished();
        return store.age(job.id(), job.output())
                .filter(age -> age.compareTo(life.minus(life.dividedBy(PART_OF_LIFE))) < 0)
                .isPresent();
    }

    private void submit(Job job, Wish wish, String address) {
        try {
            // 4: the cache
            KnownVideo known = knownVideos.find(job.video());
            if (known.failure() != null) {
                throw new SubmissionRejectedException(MessageCode.CANNOT_CONVERT, FailureMessages.of(known.failure()));
            }
            requireStorage();
            // before YouTube is asked, so that a client cannot make this server ask too often
            limits.admit(address);
            // 5 to 9: otherwise YouTube
            boolean exists = known.exists() == null ? videos.ask(job.video()) : known.exists();
            if (!exists) {
                throw new SubmissionRejectedException(MessageCode.VIDEO_DONT_EXISTS, "link.no-video");
            }
            // 10 to 14
            enqueue(job, address, null);
        } catch (RuntimeException e) {
            takeBack(wish);
            throw e;
        }
    }

    /** The status is written first, so that no worker takes a job without one. */
    private void enqueue(Job job, String address, @Nullable Track track) {
        try {
            if (statuses.onQueue(job, address, limits.openJobs(), track)) {
                queue.enqueue(job);
                outbox.sent(job.id());
                log.info("Job {} is in the queue", job.id());
            }
        } catch (QueueFullException e) {
            throw full(e);
        }
    }

    private static CodedException full(QueueFullException e) {
        log.warn("{}", e.getMessage());
        if (e.isClientsShare()) {
            return SubmissionLimits.tooManyOpenJobs(e.room());
        }
        return e.room() == 0
                ? new SubmissionRejectedException(MessageCode.QUEUE_FULL)
                : SubmissionRejectedException.littleRoom(e.room());
    }

    /** Withdraws the job with it, unless another client wants the job as well. */
    private void takeBack(Wish wish) {
        try {
            wishes.takeBack(wish.job(), wish.id());
        } catch (DataAccessException e) {
            log.warn("The wish for job {} cannot be taken back; it expires", wish.job());
        }
    }
}
