package youtubemp3.worker.convert;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.jobs.queue.Lease;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.jobs.youtube.KnownVideos;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor;
import youtubemp3.worker.extract.ExtractedAudio;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.library.Library;
import youtubemp3.worker.youtube.YouTubeGate;
import youtubemp3.worker.youtube.YouTubeGate.Permit;

/**
 * Runs one attempt at a job: extracts the file, publishes it, writes FINISH, and only then removes the job from the queue. A job
 * may be delivered twice: publishing is atomic, and only the newest attempt can change the status.
 */
@Component
class ConvertJob implements JobHandler {

    private static final Logger log = LoggerFactory.getLogger(ConvertJob.class);

    /** As many attempts as any retry policy allows. A further one means that earlier attempts ended with their worker. */
    private static final int MAX_ATTEMPTS = 4;

    /** Redis may take minutes to load a large append-only file. */
    private static final Duration REDIS_TIMEOUT = Duration.ofMinutes(5);

    private final JobStatuses statuses;
    private final KnownVideos knownVideos;
    private final YouTubeGate gate;
    private final AudioExtractor extractor;
    private final AudioStore store;
    private final Library library;
    private final WorkFolders workFolders;
    private final WorkerSettings settings;
    private final RandomGenerator random = RandomGenerator.getDefault();

    ConvertJob(
            JobStatuses statuses,
            KnownVideos knownVideos,
            YouTubeGate gate,
            AudioExtractor extractor,
            AudioStore store,
            Library library,
            WorkFolders workFolders,
            WorkerSettings settings) {
        this.statuses = statuses;
        this.knownVideos = knownVideos;
        this.gate = gate;
        this.extractor = extractor;
        this.store = store;
        this.library = library;
        this.workFolders = workFolders;
        this.settings = settings;
    }

    @Override
    public boolean isReady() {
        return workFolders.problem().isEmpty() && gate.isOpen();
    }

    @Override
    public Outcome handle(Job job, Lease lease) throws InterruptedException {
        if (store.contains(job.id(), job.output())) {
            return finishWithExistingFile(job);
        }
        Optional<Permit> acquired;
        try {
            acquired = gate.acquire(job);
        } catch (DataAccessException e) {
            // delayed, in case Redis is full or slow
            log.warn("Job {} is retried later, since Redis cannot be asked for a permit: {}", job.id(), e.toString());
            return new Outcome.Retry(settings.retryDelay());
        }
        try (Permit permit = acquired.orElse(null)) {
            // meanwhile another attempt may have taken the free space
            return permit == null || workFolders.problem().isPresent()
                    ? new Outcome.Requeue()
                    : attempt(job, lease, permit);
        }
    }

    /** Writes FINISH for a file that an earlier attempt published before it died or lost Redis. YouTube is not asked again. */
    private Outcome finishWithExistingFile(Job job) {
        Optional<Attempt> attempt = statuses.begin(job.id());
        if (attempt.isEmpty()) {
            return new Outcome.Done();
        }
        if (!store.touch(job.id(), job.output())) {
            // cleanup has removed the file meanwhile: the job is converted again, and this attempt is not counted
            statuses.requeue(attempt.get());
            return new Outcome.Retry(Duration.ZERO);
        }
        if (statuses.finish(attempt.get())) {
            log.info("Job {}: finished with the file of an earlier attempt", job.id());
        }
        return new Outcome.Done();
    }

    private Outcome attempt(Job job, Lease lease, Permit permit) throws InterruptedException {
        Optional<Attempt> begun = statuses.begin(job.id());
        if (begun.isEmpty()) {
            log.info("Job {} is no longer open", job.id());
            return new Outcome.Done();
        }
        Attempt attempt = begun.get();
        if (attempt.number() > MAX_ATTEMPTS) {
            return deadLetter(attempt, new Diagnosis(FailureKind.WORKER_LOST));
        }
        try {
            convert(job, attempt, lease, permit);
            return new Outcome.Done();
        } catch (InterruptedException e) {
            requeue(attempt);
            throw e;
        } catch (SupersededException e) {
            log.info("Job {}, attempt {}: broken off, as {}", job.id(), attempt.number(), e.getMessage());
            return new Outcome.Done();
        } catch (ExtractionException e) {
            log.warn(
                    "Job {}, attempt {}: {}: {}",
                    job.id(),
                    attempt.number(),
                    e.diagnosis().kind(),
                    e.getMessage());
            return failed(job, attempt, permit, e.diagnosis());
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                // the worker stops; while the thread is interrupted, Redis cannot be asked
                Thread.interrupted();
                requeue(attempt);
                throw new InterruptedException("interrupted while publishing the file");
            }
            log.error("Job {}, attempt {}: the store cannot be used", job.id(), attempt.number(), e);
            return failed(job, attempt, permit, new Diagnosis(FailureKind.STORAGE_FAILED));
        }
    }

    private void convert(Job job, Attempt attempt, Lease lease, Permit permit)
            throws ExtractionException, InterruptedException {
        UUID id = job.id();
        log.info("Job {}, attempt {}: video {}", id, attempt.number(), job.video());
        long started = System.nanoTime();
        try (WorkFolders.WorkFolder folder = workFolders.create(attempt)) {
            ExtractedAudio audio = extractor.extract(
                    job.video(), job.output(), folder.path(), new ProgressReporter(statuses, attempt, permit));
            if (!waitingForRedis(id, lease::renew)) {
                throw new InterruptedException("the lease was lost");
            }
            // before the file is published: an attempt that dies in between is repeated, and finds the same file in the
            // library
            library.keep(job, audio);
            store.publish(audio.file(), id, job.output());
        }
        if (waitingForRedis(id, () -> statuses.finish(attempt))) {
            log.info(
                    "Job {}: finished in {} ms",
                    id,
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        } else {
            log.warn("Job {}: the status belongs to a newer attempt and was not changed", id);
        }
    }

    /** Retries while Redis is unreachable: the conversion is finished, and giving up would waste it and the attempt. */
    private static boolean waitingForRedis(UUID id, BooleanSupplier command) throws InterruptedException {
        long deadline = System.nanoTime() + REDIS_TIMEOUT.toNanos();
        while (true) {
            try {
                return command.getAsBoolean();
            } catch (DataAccessException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                log.warn("Job {} is converted and waits for Redis: {}", id, e.toString());
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Uncounts the attempt. If Redis is unreachable it stays counted; the job is requeued either way. */
    private void requeue(Attempt attempt) {
        try {
            statuses.requeue(attempt);
        } catch (DataAccessException e) {
            log.warn("Job {}: the status cannot be set to waiting: {}", attempt.job(), e.toString());
        }
    }

    private Outcome failed(Job job, Attempt attempt, Permit permit, Diagnosis diagnosis) {
        FailureKind kind = diagnosis.kind();
        if (kind.mayBeServerFault()) {
            switch (permit.refused(kind)) {
                case REQUEUE -> {
                    requeue(attempt);
                    return new Outcome.Requeue();
                }
                case REQUEUE_LAST -> {
                    requeue(attempt);
                    return new Outcome.Retry(Duration.ZERO);
                }
                case FAIL -> log.info("Job {}: YouTube answers other videos; the usual retry policy applies", job.id());
            }
        }
        Optional<Duration> delay = kind.delay(attempt.number(), settings.retryDelay(), random);
        if (delay.isPresent()) {
            statuses.retry(attempt, diagnosis.failure(), delay.get());
            return new Outcome.Retry(delay.get());
        }
        if (kind.isVideoFault() || kind.isRequestFault()) {
            permit.succeeded();
            if (kind.isVideoFault()) {
                knownVideos.remember(job.video(), diagnosis.failure());
            }
            statuses.fail(attempt, diagnosis.failure());
            return new Outcome.Done();
        }
        return deadLetter(attempt, diagnosis);
    }

    private Outcome deadLetter(Attempt attempt, Diagnosis diagnosis) {
        log.error("Job {} becomes a dead letter: {}", attempt.job(), diagnosis.kind());
        statuses.fail(attempt, diagnosis.failure());
        return new Outcome.DeadLetter(diagnosis.failure());
    }
}
