package youtubemp3.worker.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.BucketConfiguration;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.jobs.status.Status;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.FailedVideos;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.youtube.YouTubeRateLimiter;

/** What an attempt leaves in a real Redis and on a real disk, for every way that the extraction can end. */
class ConvertJobTest {

    private static final JobSettings JOBS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            10,
            Duration.ofSeconds(30));

    private final Job job = Job.of(new VideoId("dQw4w9WgXcQ"));
    private final UUID id = job.id();

    @TempDir
    private Path folder;

    private LettuceConnectionFactory connection;
    private JobStatuses statuses;
    private FailedVideos failedVideos;
    private CircuitBreaker circuit;
    private RateLimits limits;

    @BeforeEach
    void enqueue() {
        connection = RealRedis.shared().connect();
        StringRedisTemplate redis = new StringRedisTemplate(connection);
        statuses = new JobStatuses(redis, JOBS);
        failedVideos = new FailedVideos(redis, JOBS);
        circuit = new CircuitBreaker(redis);
        limits = new RateLimits(connection);
        statuses.onQueue(job);
    }

    @AfterEach
    void disconnect() {
        limits.destroy();
        connection.destroy();
    }

    private ConvertJob convertJob(AudioExtractor extractor) {
        WorkerSettings settings = new WorkerSettings(
                folder,
                "yt-dlp",
                List.of(),
                "ffmpeg",
                null,
                null,
                192,
                1,
                Duration.ofHours(3),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofSeconds(25),
                250,
                Duration.ZERO,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                null);
        return new ConvertJob(
                statuses,
                failedVideos,
                circuit,
                new YouTubeRateLimiter(limits, settings),
                extractor,
                new Volume(settings),
                settings);
    }

    private Delivery delivery(int attempt, boolean leaseHolds) {
        return new Delivery(job, attempt, () -> leaseHolds);
    }

    private static Path write(Path work) {
        try {
            return Files.writeString(work.resolve("tagged.mp3"), "sound");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AudioExtractor failingWith(FailureKind kind) {
        return (video, work, listener) -> {
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
    void aWholeFileAppearsAndTheJobIsFinished() throws Exception {
        Outcome outcome = convertJob((video, work, listener) -> {
                    listener.found(new Track("Blue", "Nina"));
                    listener.progress(new Progress(Stage.CONVERTING, 50, Duration.ofSeconds(1)));
                    assertThat(status().progress().percent()).isEqualTo(50);
                    assertThat(mp3()).doesNotExist();
                    return write(work);
                })
                .handle(delivery(1, true));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(mp3()).hasContent("sound");
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(status().track()).isEqualTo(new Track("Blue", "Nina"));
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void progressGoesToRedisAtMostTwiceASecond() throws Exception {
        convertJob((video, work, listener) -> {
                    for (int percent = 1; percent <= 90; percent++) {
                        listener.progress(new Progress(Stage.CONVERTING, percent, null));
                    }
                    assertThat(status().progress().percent()).isEqualTo(1);
                    return write(work);
                })
                .handle(delivery(1, true));
        assertThat(status().progress().percent()).isEqualTo(100);
    }

    @Test
    void aPrivateVideoFailsAtOnceWithItsReason() throws Exception {
        Outcome outcome = convertJob(failingWith(FailureKind.PRIVATE)).handle(delivery(1, true));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FAILED);
        assertThat(status().failure().kind()).isEqualTo("PRIVATE");
        assertThat(status().failure().reason()).isEqualTo("This video is private.");
        assertThat(failedVideos.find(job.video())).contains(status().failure());
        assertThat(mp3()).doesNotExist();
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void passingTroubleIsRetriedAndGivenUpInTheEnd() throws Exception {
        ConvertJob convertJob = convertJob(failingWith(FailureKind.NETWORK));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(convertJob.handle(delivery(attempt, true))).isInstanceOf(Outcome.Retry.class);
            assertThat(status().status()).isEqualTo(Status.ONQUEUE);
            assertThat(status().progress().stage()).isEqualTo(Stage.RETRYING);
            assertThat(status().failure().kind()).isEqualTo("NETWORK");
        }
        assertThat(convertJob.handle(delivery(4, true))).isInstanceOf(Outcome.Dead.class);
        assertThat(status().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aJobThatKillsItsWorkersIsGivenUpWithoutAnotherTry() throws Exception {
        Outcome outcome = convertJob((video, work, listener) -> {
                    throw new AssertionError("must not be tried");
                })
                .handle(delivery(5, true));
        assertThat(outcome).isInstanceOf(Outcome.Dead.class);
        assertThat(status().failure().kind()).isEqualTo("WORKER_LOST");
    }

    /** As when Redis is full, or too slow to answer in time. */
    @Test
    void whenTheBudgetCannotBeAskedTheJobWaitsAndNothingCounts() throws Exception {
        limits.destroy();
        limits = new RateLimits(connection) {
            @Override
            public Optional<Duration> take(String key, BucketConfiguration configuration) {
                throw new RedisSystemException("too slow", null);
            }
        };
        Outcome outcome = convertJob((video, work, listener) -> {
                    throw new AssertionError("must not be tried");
                })
                .handle(delivery(1, true));
        assertThat(outcome).isEqualTo(new Outcome.Retry(Duration.ofSeconds(10), false));
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().attempt()).isZero();
    }

    @Test
    void aJobWhoseStatusHasExpiredIsDropped() throws Exception {
        statuses.forget(id);
        Outcome outcome = convertJob((video, work, listener) -> {
                    throw new AssertionError("must not be tried");
                })
                .handle(delivery(1, true));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(statuses.find(id)).isEmpty();
    }

    @Test
    void aFinishedJobThatComesAgainStaysFinished() throws Exception {
        ConvertJob convertJob = convertJob((video, work, listener) -> write(work));
        convertJob.handle(delivery(1, true));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(7)));
        Files.setLastModifiedTime(mp3(), old);
        Outcome again = convertJob(failingWith(FailureKind.NETWORK)).handle(delivery(2, true));
        assertThat(again).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(Files.getLastModifiedTime(mp3())).isEqualTo(old);
    }

    /** The worker died between the two, or Redis refused FINISH; by now YouTube may not give the video any more. */
    @Test
    void aFileThatAnEarlierAttemptPublishedFinishesTheJobWithoutYouTube() throws Exception {
        statuses.begin(id, 1);
        Files.writeString(mp3(), "sound");
        Files.setLastModifiedTime(mp3(), FileTime.from(Instant.now().minus(Duration.ofHours(7))));

        Outcome outcome = convertJob(failingWith(FailureKind.PRIVATE)).handle(delivery(2, true));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(status().status()).isEqualTo(Status.FINISH);
        assertThat(mp3()).hasContent("sound");
        // cleanup is to keep it for as long as its FINISH
        assertThat(Files.getLastModifiedTime(mp3()).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    /** Redis goes away between the answer and the leaving. */
    @Test
    void whatBecameOfTheJobStandsAlsoIfItCannotLeaveTheCircuit() throws Exception {
        circuit = new CircuitBreaker(new StringRedisTemplate(connection)) {
            @Override
            public void leave(UUID job) {
                throw new RedisSystemException("away", null);
            }
        };
        assertThat(convertJob(failingWith(FailureKind.BOT_CHECK)).handle(delivery(1, true)))
                .isEqualTo(new Outcome.HandBack());
    }

    @Test
    void withoutItsLeaseAWorkerPublishesNothing() {
        ConvertJob convertJob = convertJob((video, work, listener) -> write(work));
        assertThatThrownBy(() -> convertJob.handle(delivery(1, false))).isInstanceOf(InterruptedException.class);
        assertThat(mp3()).doesNotExist();
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void aNewerAttemptMakesAnOlderOnePowerless() throws Exception {
        convertJob((video, work, listener) -> {
                    statuses.begin(id, 2);
                    throw new ExtractionException(FailureKind.PRIVATE, "too late");
                })
                .handle(delivery(1, true));
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().attempt()).isEqualTo(2);
    }

    @Test
    void aStoppingWorkerLeavesTheJobWaiting() {
        ConvertJob convertJob = convertJob((video, work, listener) -> {
            write(work);
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> convertJob.handle(delivery(1, true))).isInstanceOf(InterruptedException.class);
        assertThat(status().progress().stage()).isEqualTo(Stage.WAITING);
        assertNothingUnfinishedIsLeft();
    }

    @Test
    void aBotCheckStopsEverybodyAndCostsTheJobNothing() throws Exception {
        ConvertJob convertJob = convertJob(failingWith(FailureKind.BOT_CHECK));
        assertThat(convertJob.isReady()).isTrue();
        assertThat(convertJob.handle(delivery(1, true))).isEqualTo(new Outcome.HandBack());

        assertThat(convertJob.isReady()).isFalse();
        assertThat(circuit.pause().orElseThrow().kind()).isEqualTo("BOT_CHECK");
        assertThat(status().status()).isEqualTo(Status.ONQUEUE);
        assertThat(status().progress().stage()).isEqualTo(Stage.WAITING);
        assertThat(convertJob((video, work, listener) -> {
                            throw new AssertionError("must not be tried");
                        })
                        .handle(delivery(1, true)))
                .isEqualTo(new Outcome.HandBack());
    }

    @Test
    void theFirstSoundTellsAllThatYouTubeAnswersAgain() throws Exception {
        convertJob(failingWith(FailureKind.BOT_CHECK)).handle(delivery(1, true));
        new StringRedisTemplate(connection).opsForHash().put("{jobs}:circuit", "until", "1");

        convertJob((video, work, listener) -> {
                    assertThat(circuit.isReady()).as("the probe is alone").isFalse();
                    listener.progress(new Progress(Stage.CONVERTING, 1, null));
                    assertThat(circuit.isReady()).isTrue();
                    return write(work);
                })
                .handle(delivery(1, true));
        assertThat(circuit.pause()).isEmpty();
    }

    @Test
    void aProbeThatIsRefusedGoesToTheEndAndOneThatBreaksMakesRoom() throws Exception {
        convertJob(failingWith(FailureKind.BOT_CHECK)).handle(delivery(1, true));
        new StringRedisTemplate(connection).opsForHash().put("{jobs}:circuit", "until", "1");
        assertThat(convertJob(failingWith(FailureKind.NETWORK)).handle(delivery(1, true)))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(circuit.isReady()).isTrue();
        assertThat(convertJob(failingWith(FailureKind.BOT_CHECK)).handle(delivery(1, true)))
                .isEqualTo(new Outcome.Retry(Duration.ZERO, false));
    }

    @Test
    void threeForbiddenVideosMeanThatYtDlpNeedsAnUpdate() throws Exception {
        for (String video : List.of("first______", "second_____")) {
            Job another = Job.of(new VideoId(video));
            statuses.onQueue(another);
            assertThat(convertJob(failingWith(FailureKind.FORBIDDEN)).handle(new Delivery(another, 1, () -> true)))
                    .isInstanceOf(Outcome.Retry.class);
        }
        assertThat(convertJob(failingWith(FailureKind.FORBIDDEN)).handle(delivery(1, true)))
                .isEqualTo(new Outcome.HandBack());
        assertThat(circuit.pause().orElseThrow().kind()).isEqualTo("FORBIDDEN");
    }

    @Test
    void noJobIsTakenWithoutAFolderOrRoom() throws Exception {
        assertThat(convertJob((video, work, listener) -> write(work)).isReady()).isTrue();
        Path away = Files.move(folder, folder.resolveSibling("away"));
        assertThat(convertJob((video, work, listener) -> write(work)).isReady()).isFalse();
        Files.move(away, folder);
        assertThat(convertJob((video, work, listener) -> write(work)).isReady()).isTrue();
    }

    @Test
    void aVolumeThatIsGoneIsTriedAgainLater() throws Exception {
        Files.writeString(folder.resolve("work"), "a file where the folder should be");
        Outcome outcome = convertJob((video, work, listener) -> write(work)).handle(delivery(1, true));
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(status().failure().kind()).isEqualTo("STORAGE_FAILED");
    }
}
