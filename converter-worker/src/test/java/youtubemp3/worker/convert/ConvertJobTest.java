package youtubemp3.worker.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;
import youtubemp3.jobs.queue.Lease;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.jobs.status.Status;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.jobs.storage.LocalAudioStore;
import youtubemp3.jobs.storage.StorageSettings;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.KnownVideos;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.YtDlpArguments;
import youtubemp3.worker.extract.AudioExtractor;
import youtubemp3.worker.extract.ExtractedAudio;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.library.Libraries;
import youtubemp3.worker.youtube.YouTubeGates;

/** Checks the state of a real Redis and a real disk after every possible end of an extraction. */
class ConvertJobTest {

    private static final JobSettings JOBS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            10,
            JobSettings.Broker.REDIS,
            Duration.ofSeconds(30));

    private final Job job = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
    private final UUID id = job.id();

    @TempDir
    private Path folder;

    private LettuceConnectionFactory connection;
    private StringRedisTemplate redis;
    private JobStatuses statuses;
    private KnownVideos knownVideos;
    private CircuitBreaker circuit;
    private RateLimits limits;

    @BeforeEach
    void enqueue() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        statuses = new JobStatuses(redis, JOBS);
        knownVideos = new KnownVideos(redis, JOBS);
        circuit = new CircuitBreaker(redis);
        limits = new RateLimits(redis);
        statuses.onQueue(job, "", 0);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    /** The folder of the library; none if null. */
    private @Nullable Path library;

    private ConvertJob convertJob(AudioExtractor extractor) {
        WorkerSettings settings = new WorkerSettings(
                "yt-dlp",
                YtDlpArguments.valueOf(""),
                null,
                "ffmpeg",
                null,
                null,
                192,
                1,
                Duration.ofHours(3),
                200,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofSeconds(25),
                250,
                Duration.ZERO,
                new WorkerSettings.Backoff(Duration.ofMinutes(5), Duration.ofHours(1)),
                null);
        AudioStore store = new LocalAudioStore(new StorageSettings(folder));
        return new ConvertJob(
                statuses,
                knownVideos,
                YouTubeGates.of(limits, circuit, settings),
                extractor,
                store,
                Libraries.in(library),
                new WorkFolders(store, settings),
                settings);
    }

    private static final Lease HELD = () -> true;

    private static ExtractedAudio write(Path work) {
        try {
            Path file = Files.writeString(work.resolve("tagged.mp3"), "sound");
            return new ExtractedAudio(file, new Track("Title", "Artist"), "Album", "3", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AudioExtractor failingWith(FailureKind kind) {
        return (video, output, work, listener) -> {
            throw new ExtractionException(kind, "said so");
        };
    }

    private JobStatus status() {
        return statuses.find(id).orElseThrow();
    }

    private Path mp3() {
        return folder.resolve(id + ".mp3");
    }

    private void assertNothingUnfinishedIsLeft() {
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void publishesAWholeFileAndFinishesTheJob() throws Exception {
        Outcome outcome = convertJob((video, output, work, listener) -> {
                    listener.found(new Track("Blue", "Nina"));
                    listener.progress(new Progress(Stage.CONVERTING, 50, Duration.ofSeconds(1)));
                    assertThat(status().progress().percent()).isEqualTo(50);
                    assertThat(mp3()).doesNotExist();
                    return write(work);
                })
                .handle(job, HELD);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(mp3()).hasContent("sound");
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(status().track()).isEqualTo(new Track("Blue", "Nina"));
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void storesProgressAtMostTwiceASecond() throws Exception {
        convertJob((video, output, work, listener) -> {
                    for (int percent = 1; percent <= 90; percent++) {
                        listener.progress(new Progress(Stage.CONVERTING, percent, null));
                    }
                    assertThat(status().progress().percent()).isEqualTo(1);
                    return write(work);
                })
                .handle(job, HELD);
        assertThat(status().progress().percent()).isEqualTo(100);
    }

    @Test
    void aPrivateVideoFailsAtOnceWithItsReason() throws Exception {
        Outcome outcome = convertJob(failingWith(FailureKind.PRIVATE)).handle(job, HELD);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FAILED);
        assertThat(status().failure().kind()).isEqualTo("PRIVATE");
        assertThat(status().attempt()).isEqualTo(1);
        assertThat(knownVideos.find(job.video()).failure()).isEqualTo(status().failure());
        assertThat(mp3()).doesNotExist();
        assertNothingUnfinishedIsLeft();
    }

    /** With other options, the same video can be converted. */
    @ParameterizedTest
    @EnumSource(names = {"FORMAT_MISSING", "STARTS_AFTER_END", "NO_CHAPTERS"})
    void optionsThatDoNotFitTheVideoFailAtOnceAndTheVideoIsNotRemembered(FailureKind kind) throws Exception {
        Outcome outcome = convertJob(failingWith(kind)).handle(job, HELD);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FAILED);
        assertThat(status().failure().kind()).isEqualTo(kind.name());
        assertThat(knownVideos.find(job.video()).failure()).isNull();
    }

    @Test
    void aTemporaryFailureIsRetriedAndFinallyBecomesADeadLetter() throws Exception {
        ConvertJob convertJob = convertJob(failingWith(FailureKind.NETWORK));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(convertJob.handle(job, HELD)).isInstanceOf(Outcome.Retry.class);
            assertThat(status().status()).isEqualTo(Status.ONQUEUE);
            assertThat(status().progress().stage()).isEqualTo(Stage.RETRYING);
            assertThat(status().failure().kind()).isEqualTo("NETWORK");
        }
        assertThat(convertJob.handle(job, HELD)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(status().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aJobThatKillsItsWorkersBecomesADeadLetterWithoutAnotherAttempt() throws Exception {
        for (int lost = 1; lost <= 4; lost++) {
            statuses.begin(id);
        }
        Outcome outcome = convertJob((video, output, work, listener) -> {
                    throw new AssertionError("must not be tried");
                })
                .handle(job, HELD);
        assertThat(outcome).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(status().failure().kind()).isEqualTo("WORKER_LOST");
    }

    /** Simulates a Redis that is full or too slow. */
    @Test
    void withoutTheRateLimitTheJobIsRetriedUncounted() throws Exception {
        limits = new RateLimits(redis) {
            @Override
            public Optional<Duration> take(String key, Limit limit) {
                throw new RedisSystemException("too slow", null);
            }
        };
        Outcome outcome = convertJob((video, output, work, listener) -> {
                    throw new AssertionError("must not be tried");
                })
                .handle(job, HELD);
        assertThat(outcome).isEqualTo(new Outcome.Retry(Duration.ofSeconds(10)));
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().attempt()).isZero();
    }

    @Test
    void aJobWhoseStatusHasExpiredIsDropped() throws Exception {
        redis.delete(id.toString());
        Outcome outcome = convertJob((video, output, work, listener) -> {
                    throw new AssertionError("must not be tried");
                })
                .handle(job, HELD);
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(statuses.find(id)).isEmpty();
    }

    @Test
    void aFinishedFileIsAlsoInTheLibrary() throws Exception {
        library = Files.createDirectory(folder.resolve("library"));
        convertJob((video, output, work, listener) -> write(work)).handle(job, HELD);

        assertThat(mp3()).hasContent("sound");
        assertThat(library.resolve("Artist/Album/03 Title.mp3")).hasContent("sound");
    }

    @Test
    void aLibraryThatIsAwayLosesNoFile() throws Exception {
        library = folder.resolve("away");
        assertThat(convertJob((video, output, work, listener) -> write(work)).handle(job, HELD))
                .isEqualTo(new Outcome.Done());

        assertThat(mp3()).hasContent("sound");
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(library).doesNotExist();
    }

    @Test
    void aFinishedJobThatIsDeliveredAgainStaysFinished() throws Exception {
        ConvertJob convertJob = convertJob((video, output, work, listener) -> write(work));
        convertJob.handle(job, HELD);
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(7)));
        Files.setLastModifiedTime(mp3(), old);
        Outcome again = convertJob(failingWith(FailureKind.NETWORK)).handle(job, HELD);
        assertThat(again).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(Files.getLastModifiedTime(mp3())).isEqualTo(old);
    }

    /** The worker died between publishing and FINISH, or Redis rejected FINISH; the video may be unavailable by now. */
    @Test
    void aFileThatAnEarlierAttemptPublishedFinishesTheJobWithoutYouTube() throws Exception {
        statuses.begin(id);
        Files.writeString(mp3(), "sound");
        Files.setLastModifiedTime(mp3(), FileTime.from(Instant.now().minus(Duration.ofHours(7))));

        Outcome outcome = convertJob(failingWith(FailureKind.PRIVATE)).handle(job, HELD);

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(mp3()).hasContent("sound");
        // cleanup must keep the file as long as its FINISH
        assertThat(Files.getLastModifiedTime(mp3()).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    /** Redis becomes unreachable between the success and the release. */
    @Test
    void theOutcomeStandsEvenIfThePermitCannotBeReleased() throws Exception {
        circuit = new CircuitBreaker(redis) {
            @Override
            public void release(UUID job) {
                throw new RedisSystemException("away", null);
            }
        };
        assertThat(convertJob(failingWith(FailureKind.BOT_CHECK)).handle(job, HELD))
                .isEqualTo(new Outcome.Requeue());
    }

    @Test
    void withoutItsLeaseAWorkerPublishesNothing() {
        ConvertJob convertJob = convertJob((video, output, work, listener) -> write(work));
        assertThatThrownBy(() -> convertJob.handle(job, () -> false)).isInstanceOf(InterruptedException.class);
        assertThat(mp3()).doesNotExist();
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void anOlderAttemptCannotChangeTheStatus() throws Exception {
        convertJob((video, output, work, listener) -> {
                    statuses.begin(id);
                    throw new ExtractionException(FailureKind.PRIVATE, "too late");
                })
                .handle(job, HELD);
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().attempt()).isEqualTo(2);
    }

    /** The interruption of a stopping worker closes the channel that the store forces to disk. */
    @Test
    void anAttemptThatIsInterruptedWhileItPublishesDoesNotCount() {
        ConvertJob convertJob = convertJob((video, output, work, listener) -> {
            ExtractedAudio audio = write(work);
            Thread.currentThread().interrupt();
            return audio;
        });
        assertThatThrownBy(() -> convertJob.handle(job, HELD)).isInstanceOf(InterruptedException.class);
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().attempt()).isZero();
    }

    @Test
    void aStoppingWorkerLeavesTheJobWaiting() {
        ConvertJob convertJob = convertJob((video, output, work, listener) -> {
            write(work);
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> convertJob.handle(job, HELD)).isInstanceOf(InterruptedException.class);
        assertThat(status().progress().stage()).isEqualTo(Stage.WAITING);
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void aBotCheckPausesAllWorkersAndIsNotCounted() throws Exception {
        ConvertJob convertJob = convertJob(failingWith(FailureKind.BOT_CHECK));
        assertThat(convertJob.isReady()).isTrue();
        assertThat(convertJob.handle(job, HELD)).isEqualTo(new Outcome.Requeue());

        assertThat(convertJob.isReady()).isFalse();
        assertThat(circuit.pause().orElseThrow().kind()).isEqualTo("BOT_CHECK");
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().progress().stage()).isEqualTo(Stage.WAITING);
        assertThat(status().attempt()).as("uncounted").isZero();
        assertThat(convertJob((video, output, work, listener) -> {
                            throw new AssertionError("must not be tried");
                        })
                        .handle(job, HELD))
                .isEqualTo(new Outcome.Requeue());
    }

    @Test
    void theFirstSoundClosesTheCircuit() throws Exception {
        convertJob(failingWith(FailureKind.BOT_CHECK)).handle(job, HELD);
        redis.opsForHash().put("{jobs}:circuit", "until", "1");

        convertJob((video, output, work, listener) -> {
                    assertThat(circuit.isReady()).as("the probe is alone").isFalse();
                    listener.progress(new Progress(Stage.CONVERTING, 1, null));
                    assertThat(circuit.isReady()).isTrue();
                    return write(work);
                })
                .handle(job, HELD);
        assertThat(circuit.pause()).isEmpty();
    }

    @Test
    void aRefusedProbeIsRequeuedLastAndAFailedOneIsReplaced() throws Exception {
        convertJob(failingWith(FailureKind.BOT_CHECK)).handle(job, HELD);
        redis.opsForHash().put("{jobs}:circuit", "until", "1");
        assertThat(convertJob(failingWith(FailureKind.NETWORK)).handle(job, HELD))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(circuit.isReady()).isTrue();
        assertThat(convertJob(failingWith(FailureKind.BOT_CHECK)).handle(job, HELD))
                .isEqualTo(new Outcome.Retry(Duration.ZERO));
    }

    /** So that all jobs keep their places until yt-dlp has been updated. */
    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"FORBIDDEN", "NO_FORMATS", "CLIENT_REJECTED", "YOUTUBE_MESSAGE"})
    void threeVideosThatAnUpdateOfYtDlpMayMendOpenTheCircuit(FailureKind kind) throws Exception {
        for (String video : List.of("first______", "second_____")) {
            Job another = RandomJob.of(new VideoId(video));
            statuses.onQueue(another, "", 0);
            assertThat(convertJob(failingWith(kind)).handle(another, HELD)).isInstanceOf(Outcome.Retry.class);
        }
        assertThat(convertJob(failingWith(kind)).handle(job, HELD)).isEqualTo(new Outcome.Requeue());
        assertThat(circuit.pause().orElseThrow().kind()).isEqualTo(kind.name());
    }

    @Test
    void aMessageOfYouTubeIsPassedOnAndItsVideoTriedOnceMore() throws Exception {
        Diagnosis diagnosis = new Diagnosis(FailureKind.YOUTUBE_MESSAGE, List.of("Only on Tuesdays"));
        ConvertJob convertJob = convertJob((video, output, work, listener) -> {
            throw new ExtractionException(diagnosis, "said so");
        });

        assertThat(convertJob.handle(job, HELD)).isInstanceOf(Outcome.Retry.class);
        assertThat(convertJob.handle(job, HELD)).isEqualTo(new Outcome.DeadLetter(diagnosis.failure()));
        assertThat(status().failure()).isEqualTo(new Failure("YOUTUBE_MESSAGE", List.of("Only on Tuesdays")));
        assertThat(knownVideos.find(job.video()).failure()).isNull();
    }

    @Test
    void noJobIsTakenWithoutAFolderOrRoom() throws Exception {
        assertThat(convertJob((video, output, work, listener) -> write(work)).isReady())
                .isTrue();
        Path away = Files.move(folder, folder.resolveSibling("away"));
        assertThat(convertJob((video, output, work, listener) -> write(work)).isReady())
                .isFalse();
        Files.move(away, folder);
        assertThat(convertJob((video, output, work, listener) -> write(work)).isReady())
                .isTrue();
    }

    @Test
    void aMissingVolumeIsRetriedLater() throws Exception {
        Files.writeString(folder.resolve("work"), "a file where the folder should be");
        Outcome outcome =
                convertJob((video, output, work, listener) -> write(work)).handle(job, HELD);
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(status().failure().kind()).isEqualTo("STORAGE_FAILED");
    }
}
