package youtubemp3.worker.convert;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.FailedVideos;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.youtube.YouTubeRateLimiter;

/**
 * One attempt at a job: extract, publish, FINISH, and only then let it leave the queue. A job may be delivered twice; its
 * file appears once, whole, because it appears by a rename, and its status changes by its newest attempt alone.
 */
@Component
class ConvertJob implements JobHandler {

    private static final Logger log = LoggerFactory.getLogger(ConvertJob.class);

    /** As many deliveries as the most patient retry policy allows attempts; after that the job itself is to blame. */
    private static final int MOST_DELIVERIES = 4;

    /** So many videos that YouTube forbids, and none that it gives between them, are not the videos' fault. */
    private static final int WAVE = 3;

    /** A start of Redis with a large file takes minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final JobStatuses statuses;
    private final FailedVideos failedVideos;
    private final CircuitBreaker circuit;
    private final YouTubeRateLimiter budget;
    private final AudioExtractor extractor;
    private final Volume volume;
    private final WorkerSettings settings;
    private final RandomGenerator random = RandomGenerator.getDefault();

    ConvertJob(
            JobStatuses statuses,
            FailedVideos failedVideos,
            CircuitBreaker circuit,
            YouTubeRateLimiter budget,
            AudioExtractor extractor,
            Volume volume,
            WorkerSettings settings) {
        this.statuses = statuses;
        this.failedVideos = failedVideos;
        this.circuit = circuit;
        this.budget = budget;
        this.extractor = extractor;
        this.volume = volume;
        this.settings = settings;
    }

    @Override
    public boolean isReady() {
        return volume.problem().isEmpty() && circuit.isReady();
    }

    @Override
    public Outcome handle(Delivery delivery) throws InterruptedException {
        UUID id = delivery.job().id();
        try {
            if (volume.holds(id)) {
                return finishWhatIsThere(delivery);
            }
            budget.await();
            // another may have begun meanwhile, and taken the room
            if (volume.problem().isPresent() || !circuit.enter(id)) {
                return new Outcome.HandBack();
            }
        } catch (DataAccessException e) {
            // nothing was tried, so nothing is counted; after a wait, as Redis may be full or slow for a while
            log.warn("Job {} waits, since Redis cannot say whether it may begin: {}", id, e.toString());
            return new Outcome.Retry(settings.retryDelay(), false);
        }
        try {
            return attempt(delivery);
        } finally {
            leave(id);
        }
    }

    /** Whatever Redis says: the outcome stands, and a probe that cannot leave is replaced after a while. */
    private void leave(UUID id) {
        try {
            circuit.leave(id);
        } catch (DataAccessException e) {
            log.warn("Job {} cannot leave the circuit: {}", id, e.toString());
        }
    }

    /** An earlier attempt published its file, and then died or could not reach Redis. YouTube need not be asked again. */
    private Outcome finishWhatIsThere(Delivery delivery) {
        UUID id = delivery.job().id();
        OptionalLong begun = statuses.begin(id, delivery.attempt());
        if (begun.isEmpty()) {
            return new Outcome.Done();
        }
        if (!volume.renew(id)) {
            // gone at the last moment, with its age: it is made again
            return new Outcome.Retry(Duration.ZERO, false);
        }
        if (statuses.finish(id, begun.getAsLong())) {
            log.info("Job {}: finished with the file of an earlier attempt", id);
        }
        return new Outcome.Done();
    }

    private Outcome attempt(Delivery delivery) throws InterruptedException {
        UUID id = delivery.job().id();
        OptionalLong begun = statuses.begin(id, delivery.attempt());
        if (begun.isEmpty()) {
            log.info("Job {} waits no more: it has ended before", id);
            return new Outcome.Done();
        }
        long token = begun.getAsLong();
        if (delivery.attempt() > MOST_DELIVERIES) {
            return giveUp(id, token, FailureKind.WORKER_LOST);
        }
        try {
            return convert(delivery, token);
        } catch (InterruptedException e) {
            handBack(id, token);
            throw e;
        } catch (ExtractionException e) {
            log.warn("Job {}, attempt {}: {}: {}", id, delivery.attempt(), e.kind(), e.getMessage());
            return failed(delivery, token, e.kind());
        } catch (UncheckedIOException e) {
            log.error("Job {}, attempt {}: the folder for files cannot be used", id, delivery.attempt(), e);
            return failed(delivery, token, FailureKind.STORAGE_FAILED);
        }
    }

    private Outcome convert(Delivery delivery, long token) throws ExtractionException, InterruptedException {
        UUID id = delivery.job().id();
        log.info(
                "Job {}, attempt {}: video {}",
                id,
                delivery.attempt(),
                delivery.job().video());
        long started = System.nanoTime();
        try (Volume.WorkFolder work = volume.workFolder(id, token)) {
            Path mp3 = extractor.extract(
                    delivery.job().video(), work.path(), new ProgressReporter(statuses, circuit, id, token));
            if (!patiently(id, () -> delivery.lease().renew())) {
                throw new InterruptedException("the lease was lost");
            }
            volume.publish(mp3, id);
        }
        if (patiently(id, () -> statuses.finish(id, token))) {
            log.info(
                    "Job {}: finished in {} ms",
                    id,
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        } else {
            log.warn("Job {}: a newer attempt runs; this one told nobody that it has finished", id);
        }
        return new Outcome.Done();
    }

    /** The work is done. It would be lost, and its attempt with it, if a Redis that is away for a moment were not waited for. */
    private static boolean patiently(UUID id, BooleanSupplier question) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.getAsBoolean();
            } catch (DataAccessException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                log.warn("Job {} is converted, and waits for Redis: {}", id, e.toString());
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Only for those who look: the job waits either way. */
    private void handBack(UUID id, long token) {
        try {
            statuses.handBack(id, token);
        } catch (DataAccessException e) {
            log.warn("Job {} cannot be shown as waiting: {}", id, e.toString());
        }
    }

    private Outcome failed(Delivery delivery, long token, FailureKind kind) {
        Job job = delivery.job();
        UUID id = job.id();
        if (kind.isOfTheServer()) {
            switch (refused(job, kind)) {
                case HAND_BACK -> {
                    handBack(id, token);
                    return new Outcome.HandBack();
                }
                case TO_THE_END -> {
                    handBack(id, token);
                    return new Outcome.Retry(Duration.ZERO, false);
                }
                case OF_THE_VIDEO -> log.info("Job {}: others go through, so it is tried again as any other", id);
            }
        }
        Optional<Duration> delay = kind.delay(delivery.attempt(), settings.retryDelay(), random);
        if (delay.isPresent()) {
            statuses.retry(id, token, failure(kind), delay.get());
            return new Outcome.Retry(delay.get(), true);
        }
        if (kind.isOfTheVideo()) {
            circuit.answered(id);
            failedVideos.remember(job.video(), failure(kind));
            statuses.fail(id, token, failure(kind));
            return new Outcome.Done();
        }
        return giveUp(id, token, kind);
    }

    private CircuitBreaker.Verdict refused(Job job, FailureKind kind) {
        CircuitBreaker.Verdict verdict = circuit.refused(
                job,
                kind.name(),
                kind.isRefusal() ? 1 : WAVE,
                settings.firstPause(),
                settings.longestPause(),
                1 + random.nextDouble() / 4);
        if (verdict != CircuitBreaker.Verdict.OF_THE_VIDEO) {
            log.warn("Job {} keeps its place; nobody asks YouTube for a while: {}", job.id(), kind);
        }
        return verdict;
    }

    private Outcome giveUp(UUID id, long token, FailureKind kind) {
        log.error("Job {} is given up: {}", id, kind);
        statuses.fail(id, token, failure(kind));
        return new Outcome.Dead(failure(kind));
    }

    private Failure failure(FailureKind kind) {
        return kind.failure(settings.longestVideo());
    }
}
