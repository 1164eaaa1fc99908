package youtubemp3.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;

class JobStatusesTest {

    static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            10,
            JobSettings.Broker.REDIS,
            Duration.ofSeconds(30));
    private static final Duration OPEN = SETTINGS.maxWait().plusDays(1);
    private static final Failure PRIVATE = new Failure("PRIVATE");

    private static final String CLIENT = "192.0.2.1";

    private final Job job = RandomJob.of(new VideoId("-w4w9WgXc_Q"));
    private final UUID id = job.id();
    private LettuceConnectionFactory connection;
    private StringRedisTemplate redis;
    private JobStatuses statuses;

    @BeforeEach
    void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        statuses = new JobStatuses(redis, SETTINGS);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    @Test
    void anUnknownJobHasNoStatus() {
        assertThat(statuses.find(id)).isEmpty();
        assertThat(statuses.begin(id)).isEmpty();
    }

    @Test
    void theStatusOfAWaitingJobOutlivesItsDeadline() {
        statuses.onQueue(job, CLIENT, 0);
        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE,
                        new Progress(Stage.WAITING, 0, null),
                        job.video(),
                        OutputOptions.DEFAULT,
                        null,
                        0,
                        null));
        assertThat(redis.opsForValue().get(id.toString())).isEqualTo("ONQUEUE");
        assertLives(OPEN);
        assertWaitsFor(SETTINGS.maxWait());
    }

    @Test
    void storesTheProgressOfAnAttemptToItsEnd() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        assertThat(statuses.found(attempt, new Track("Prélude", "Bach"))).isTrue();
        assertThat(statuses.progress(attempt, new Progress(Stage.CONVERTING, 42, Duration.ofSeconds(7))))
                .isTrue();
        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE,
                        new Progress(Stage.CONVERTING, 42, Duration.ofSeconds(7)),
                        job.video(),
                        OutputOptions.DEFAULT,
                        new Track("Prélude", "Bach"),
                        1,
                        null));

        assertThat(statuses.finish(attempt)).isTrue();
        JobStatus finished = statuses.find(id).orElseThrow();
        assertThat(finished.status()).isEqualTo(Status.FINISH);
        assertThat(finished.progress()).isEqualTo(new Progress(Stage.FINISHED, 100, null));
        assertLives(SETTINGS.keepFinished());
    }

    @Test
    void storesTheFailureWithTheStatus() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        assertThat(statuses.fail(attempt, PRIVATE)).isTrue();
        JobStatus failed = statuses.find(id).orElseThrow();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure()).isEqualTo(PRIVATE);
        assertLives(SETTINGS.keepFailed());
    }

    @Test
    void aRetryKeepsItsFailureUntilTheNextAttemptBegins() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        assertThat(statuses.retry(attempt, PRIVATE, Duration.ofMinutes(5))).isTrue();
        JobStatus waiting = statuses.find(id).orElseThrow();
        assertThat(waiting.status()).isEqualTo(Status.ONQUEUE);
        assertThat(waiting.progress().stage()).isEqualTo(Stage.RETRYING);
        assertThat(waiting.failure()).isEqualTo(PRIVATE);
        assertLives(OPEN);
        assertWaitsFor(SETTINGS.maxWait().plusMinutes(5));

        statuses.begin(id);
        assertThat(statuses.find(id).orElseThrow().failure()).isNull();
        assertThat(statuses.find(id).orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void anOlderAttemptChangesNothingAfterANewerOneHasBegun() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt older = statuses.begin(id).orElseThrow();
        Attempt newer = statuses.begin(id).orElseThrow();

        assertThat(statuses.fail(older, PRIVATE)).isFalse();
        assertThat(statuses.progress(older, new Progress(Stage.CONVERTING, 99, null)))
                .isFalse();
        assertThat(statuses.found(older, new Track("t", "a"))).isFalse();
        assertThat(statuses.retry(older, PRIVATE, Duration.ZERO)).isFalse();
        assertThat(statuses.requeue(older)).isFalse();
        assertThat(statuses.finish(older)).isFalse();
        assertThat(statuses.find(id).orElseThrow().status()).isEqualTo(Status.ONQUEUE);
        assertThat(statuses.finish(newer)).isTrue();
    }

    @Test
    void aFinishedOrFailedJobCannotBegin() {
        statuses.onQueue(job, CLIENT, 0);
        statuses.finish(statuses.begin(id).orElseThrow());
        assertThat(statuses.begin(id)).isEmpty();
        assertThat(statuses.find(id).orElseThrow().status()).isEqualTo(Status.FINISH);
    }

    @Test
    void anExpiredJobIsNotRecreatedByItsWorker() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        redis.delete(redis.keys("*"));
        assertThat(statuses.progress(attempt, new Progress(Stage.CONVERTING, 1, null)))
                .isFalse();
        assertThat(redis.keys("*")).isEmpty();
    }

    /** Sets the deadline back, since Redis' clock decides. */
    @Test
    void aJobThatHasWaitedTooLongFailsWithAReason() {
        Job young = RandomJob.of(job.video());
        statuses.onQueue(job, CLIENT, 0);
        statuses.onQueue(young, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        redis.opsForZSet().add("{jobs}:open", id.toString(), System.currentTimeMillis() - 1000);

        assertThat(statuses.failOverdue()).containsExactly(id.toString());

        JobStatus failed = statuses.find(id).orElseThrow();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure().kind()).isEqualTo("WAITED_TOO_LONG");
        assertLives(SETTINGS.keepFailed());
        assertThat(statuses.progress(attempt, new Progress(Stage.CONVERTING, 1, null)))
                .as("a late attempt changes nothing")
                .isFalse();
        assertThat(statuses.find(young.id()).orElseThrow().status()).isEqualTo(Status.ONQUEUE);
        assertThat(statuses.failOverdue()).isEmpty();
    }

    @Test
    void onlyProgressExtendsTheDeadline() {
        statuses.onQueue(job, CLIENT, 0);
        redis.opsForZSet().add("{jobs}:open", id.toString(), System.currentTimeMillis() + 60_000);

        Attempt attempt = statuses.begin(id).orElseThrow();
        statuses.found(attempt, new Track("t", "a"));
        statuses.requeue(attempt);
        assertWaitsFor(Duration.ofMinutes(1));

        statuses.progress(statuses.begin(id).orElseThrow(), new Progress(Stage.CONVERTING, 1, null));
        assertWaitsFor(SETTINGS.maxWait());
    }

    @Test
    void anEndedJobIsNotOpen() {
        statuses.onQueue(job, CLIENT, 0);
        statuses.finish(statuses.begin(id).orElseThrow());
        assertThat(redis.hasKey("{jobs}:open")).isFalse();
    }

    /** The worker may have lost the response of Redis before it is told to stop. */
    @Test
    void repeatingAFinalStatusSucceeds() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        statuses.finish(attempt);

        assertThat(statuses.requeue(attempt)).isFalse();
        assertThat(statuses.progress(attempt, new Progress(Stage.CONVERTING, 1, null)))
                .isFalse();
        assertThat(statuses.retry(attempt, new Failure("NETWORK"), Duration.ZERO))
                .isFalse();
        assertThat(statuses.fail(attempt, new Failure("NETWORK"))).isFalse();
        assertThat(statuses.finish(attempt)).as("told once more").isTrue();
        JobStatus status = statuses.find(id).orElseThrow();
        assertThat(status.status()).isEqualTo(Status.FINISH);
        assertThat(status.progress().stage()).isEqualTo(Stage.FINISHED);
    }

    private void assertWaitsFor(Duration expected) {
        Double until = redis.opsForZSet().score("{jobs}:open", id.toString());
        assertThat(Duration.ofMillis((long) (until - System.currentTimeMillis())))
                .isBetween(expected.minusSeconds(5), expected);
    }

    private void assertLives(Duration expected) {
        for (String key : new String[] {id.toString(), "job:" + id}) {
            assertThat(Duration.ofSeconds(redis.getExpire(key))).as(key).isBetween(expected.minusSeconds(5), expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"stage, sleeping", "percent, x", "percent, 1e9", "eta, -", "eta, 99999999999999999999", "attempt, x"})
    void anUnreadableDetailCountsAsAbsent(String field, String junk) {
        statuses.onQueue(job, CLIENT, 0);
        redis.opsForHash().put("job:" + id, field, junk);

        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE,
                        new Progress(Stage.WAITING, 0, null),
                        job.video(),
                        OutputOptions.DEFAULT,
                        null,
                        0,
                        null));
    }

    @Test
    void anUnreadableStatusCountsAsAbsent() {
        redis.opsForValue().set(id.toString(), "SLEEPING");
        assertThat(statuses.find(id)).isEmpty();
        redis.delete(id.toString());
        redis.opsForList().leftPush(id.toString(), "ONQUEUE");
        assertThat(statuses.find(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobWithUnreadableDetailsCanFinish(boolean ofAnotherType) {
        statuses.onQueue(job, CLIENT, 0);
        spoil(ofAnotherType);

        Attempt attempt = statuses.begin(id).orElseThrow();
        assertThat(statuses.finish(attempt)).isTrue();
        assertThat(statuses.find(id)).map(JobStatus::status).contains(Status.FINISH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobWithUnreadableDetailsBlocksNoOtherJob(boolean ofAnotherType) {
        Job other = RandomJob.of(job.video());
        statuses.onQueue(job, CLIENT, 0);
        statuses.onQueue(other, CLIENT, 0);
        spoil(ofAnotherType);
        redis.opsForZSet().add("{jobs}:open", id.toString(), 1);
        redis.opsForZSet().add("{jobs}:open", other.id().toString(), 2);

        assertThat(statuses.failOverdue())
                .containsExactly(id.toString(), other.id().toString());
        assertThat(statuses.find(id).orElseThrow().failure().kind()).isEqualTo("WAITED_TOO_LONG");
    }

    @Test
    void countsEachFailedJobOnceByItsKind() {
        FailureCounts failures = new FailureCounts(redis);
        assertThat(failures.find()).isEmpty();
        statuses.onQueue(job, CLIENT, 0);
        Attempt attempt = statuses.begin(id).orElseThrow();
        statuses.retry(attempt, new Failure("NETWORK"), Duration.ofSeconds(1));
        assertThat(failures.find()).isEmpty();
        statuses.fail(attempt, new Failure("PRIVATE"));
        statuses.fail(attempt, new Failure("PRIVATE"));
        Job overdue = RandomJob.of(job.video());
        statuses.onQueue(overdue, CLIENT, 0);
        redis.opsForZSet().add("{jobs}:open", overdue.id().toString(), 1);
        statuses.failOverdue();

        assertThat(failures.find()).containsOnly(entry("PRIVATE", 1L), entry("WAITED_TOO_LONG", 1L));
    }

    @Test
    void countsAgainWhereTheCountsCannotBeRead() {
        redis.opsForValue().set("{jobs}:failures", "junk");
        statuses.onQueue(job, CLIENT, 0);
        statuses.fail(statuses.begin(id).orElseThrow(), new Failure("PRIVATE"));

        assertThat(new FailureCounts(redis).find()).containsOnly(entry("PRIVATE", 1L));
    }

    private void spoil(boolean ofAnotherType) {
        if (ofAnotherType) {
            redis.opsForValue().set("job:" + id, "junk");
        } else {
            redis.opsForHash().put("job:" + id, "token", "junk");
        }
    }

    @Test
    void rejectsJobsBeyondTheCapacityUntilOneHasEnded() {
        statuses.onQueue(job, CLIENT, 0);
        for (int i = 1; i < SETTINGS.capacity(); i++) {
            statuses.onQueue(RandomJob.of(job.video()), CLIENT, 0);
        }
        Job tooMany = RandomJob.of(job.video());
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> statuses.onQueue(tooMany, CLIENT, 0))
                .matches(full -> !full.isClientsShare());
        assertThat(redis.keys("*" + tooMany.id())).isEmpty();

        statuses.finish(statuses.begin(id).orElseThrow());
        statuses.onQueue(tooMany, CLIENT, 0);
        statuses.reopen(RandomJob.of(job.video()));
    }

    @Test
    void rejectsJobsBeyondAClientsShareUntilOneHasEnded() {
        statuses.onQueue(job, CLIENT, 2);
        statuses.onQueue(RandomJob.of(job.video()), CLIENT, 2);
        Job tooMany = RandomJob.of(job.video());
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> statuses.onQueue(tooMany, CLIENT, 2))
                .matches(QueueFullException::isClientsShare);
        assertThat(redis.keys("*" + tooMany.id())).isEmpty();
        statuses.onQueue(RandomJob.of(job.video()), "192.0.2.2", 2);

        statuses.finish(statuses.begin(id).orElseThrow());
        statuses.onQueue(tooMany, CLIENT, 2);
    }

    @Test
    void tellsForHowManyJobsThereIsRoom() {
        statuses.onQueue(job, CLIENT, 3);

        statuses.requireRoom(2, CLIENT, 3);
        statuses.requireRoom(3, "192.0.2.2", 3);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> statuses.requireRoom(3, CLIENT, 3))
                .matches(full -> full.isClientsShare() && full.room() == 2);
        int room = SETTINGS.capacity() - 1;
        statuses.requireRoom(room, CLIENT, 0);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> statuses.requireRoom(room + 1, CLIENT, 0))
                .matches(full -> !full.isClientsShare() && full.room() == room);

        statuses.finish(statuses.begin(id).orElseThrow());
        statuses.requireRoom(3, CLIENT, 3);
    }

    @Test
    void anUnreadableSetOfAClientCountsAsEmpty() {
        redis.opsForValue().set("{jobs}:open:" + CLIENT, "junk");
        statuses.requireRoom(1, CLIENT, 1);
        statuses.onQueue(job, CLIENT, 1);
        assertThat(statuses.find(id)).isPresent();
    }

    @Test
    void countsAttemptsAndUncountsThoseThatAreRequeued() {
        statuses.onQueue(job, CLIENT, 0);
        assertThat(statuses.begin(id)).map(Attempt::number).contains(1);
        Attempt second = statuses.begin(id).orElseThrow();
        assertThat(second.number()).isEqualTo(2);

        assertThat(statuses.requeue(second)).isTrue();
        assertThat(statuses.requeue(second)).as("repeated").isFalse();
        assertThat(statuses.find(id).orElseThrow().attempt()).isEqualTo(1);
        assertThat(statuses.begin(id)).map(Attempt::number).contains(2);
    }

    @Test
    void anOpenJobIsNotOpenedAgain() {
        assertThat(statuses.onQueue(job, CLIENT, 0)).isTrue();
        statuses.begin(id);

        assertThat(statuses.onQueue(job, CLIENT, 0)).isFalse();
        assertThat(statuses.find(id).orElseThrow().attempt()).isEqualTo(1);
        assertThat(statuses.open()).isEqualTo(1);
    }

    @Test
    void aJobThatIsNotKnownToBeInTheQueueIsInTheOutbox() {
        Outbox outbox = new Outbox(redis, statuses);
        statuses.onQueue(job, CLIENT, 0);
        assertThat(outbox.claim(Duration.ofSeconds(20)))
                .as("it may be on its way")
                .isEmpty();
        redis.opsForZSet().incrementScore(Outbox.key(), id.toString(), -20_000);

        assertThat(outbox.claim(Duration.ofSeconds(20))).containsExactly(job);
        assertThat(outbox.claim(Duration.ofSeconds(20))).as("claimed").isEmpty();

        outbox.sent(id);
        assertThat(outbox.claim(Duration.ofSeconds(-1))).isEmpty();
    }

    @Test
    void aJobThatHasEndedLeavesTheOutbox() {
        statuses.onQueue(job, CLIENT, 0);
        statuses.finish(statuses.begin(id).orElseThrow());

        assertThat(new Outbox(redis, statuses).claim(Duration.ofSeconds(-1))).isEmpty();
        assertThat(redis.hasKey(Outbox.key())).isFalse();
    }

    /** A worker may have slept since its attempt, while the status expired. */
    @Test
    void noTokenIsIssuedTwiceUnderAnId() {
        statuses.onQueue(job, CLIENT, 0);
        Attempt old = statuses.begin(id).orElseThrow();
        redis.delete(redis.keys("*"));
        statuses.onQueue(job, CLIENT, 0);
        statuses.begin(id);

        assertThat(statuses.finish(old)).isFalse();
    }

    @Test
    void reopeningAJobResetsItsAttempts() {
        statuses.onQueue(job, CLIENT, 0);
        statuses.fail(statuses.begin(id).orElseThrow(), PRIVATE);
        statuses.reopen(job);
        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE,
                        new Progress(Stage.WAITING, 0, null),
                        job.video(),
                        OutputOptions.DEFAULT,
                        null,
                        0,
                        null));
        assertThat(statuses.begin(id)).map(Attempt::number).contains(1);
    }

    /** The exact keys that the first edition wrote for a job that waits for its third attempt. */
    @Test
    void aJobOfTheFirstEditionContinues() {
        redis.opsForValue().set(id.toString(), "ONQUEUE");
        redis.opsForZSet().add("{jobs}:open", id.toString(), System.currentTimeMillis() + 60_000);
        redis.opsForHash()
                .putAll(
                        "job:" + id,
                        Map.of(
                                "video", "-w4w9WgXc_Q",
                                "stage", "retrying",
                                "percent", "0",
                                "attempt", "2",
                                "token", "2",
                                "failure", "NETWORK",
                                "reason", "The connection to YouTube broke."));

        JobStatus status = statuses.find(id).orElseThrow();
        assertThat(status.output()).isEqualTo(OutputOptions.DEFAULT);
        assertThat(status.failure()).isEqualTo(new Failure("NETWORK"));
        Attempt third = statuses.begin(id).orElseThrow();
        assertThat(third).isEqualTo(new Attempt(id, 3, 3));
        assertThat(statuses.finish(third)).isTrue();
    }

    @Test
    void aFailureOfTheFirstEditionKeepsTheNumbersOfItsSentence() {
        redis.opsForValue().set(id.toString(), "FAILED");
        redis.opsForHash()
                .putAll(
                        "job:" + id,
                        Map.of(
                                "stage", "failed",
                                "failure", "TOO_LONG",
                                "reason", "This video is longer than 180 minutes, which is the limit here."));
        assertThat(statuses.find(id)).map(JobStatus::failure).contains(new Failure("TOO_LONG", List.of("180")));
    }
}
