package youtubemp3.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;

class JobStatusesTest {

    private static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            10,
            Duration.ofSeconds(30));
    private static final Duration OPEN = SETTINGS.longestWait().plusDays(1);
    private static final Failure PRIVATE = new Failure("PRIVATE", "This video is private.");

    private final Job job = Job.of(new VideoId("-w4w9WgXc_Q"));
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
        assertThat(statuses.begin(id, 1)).isEmpty();
    }

    @Test
    void aWaitingJobIsOnQueueForLongerThanItMayWait() {
        statuses.onQueue(job);
        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE, new Progress(Stage.WAITING, 0, null), job.video(), null, 0, null));
        assertThat(redis.opsForValue().get(id.toString())).isEqualTo("ONQUEUE");
        assertLives(OPEN);
        assertWaitsFor(SETTINGS.longestWait());
    }

    @Test
    void aJobThatCouldNotBeEnqueuedLeavesNothing() {
        statuses.onQueue(job);
        statuses.forget(id);
        assertThat(redis.keys("*")).isEmpty();
    }

    @Test
    void tellsTheWayOfAnAttemptToItsEnd() {
        statuses.onQueue(job);
        long token = statuses.begin(id, 1).orElseThrow();
        assertThat(statuses.found(id, token, new Track("Prélude", "Bach"))).isTrue();
        assertThat(statuses.progress(id, token, new Progress(Stage.CONVERTING, 42, Duration.ofSeconds(7))))
                .isTrue();
        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE,
                        new Progress(Stage.CONVERTING, 42, Duration.ofSeconds(7)),
                        job.video(),
                        new Track("Prélude", "Bach"),
                        1,
                        null));

        assertThat(statuses.finish(id, token)).isTrue();
        JobStatus finished = statuses.find(id).orElseThrow();
        assertThat(finished.status()).isEqualTo(Status.FINISH);
        assertThat(finished.progress()).isEqualTo(new Progress(Stage.FINISHED, 100, null));
        assertLives(SETTINGS.keepFinished());
    }

    @Test
    void keepsTheReasonOfAFailureWithTheStatus() {
        statuses.onQueue(job);
        long token = statuses.begin(id, 1).orElseThrow();
        assertThat(statuses.fail(id, token, PRIVATE)).isTrue();
        JobStatus failed = statuses.find(id).orElseThrow();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure()).isEqualTo(PRIVATE);
        assertLives(SETTINGS.keepFailed());
    }

    @Test
    void waitsForTheNextAttemptWithItsReasonAndForgetsTheReasonOnceItRuns() {
        statuses.onQueue(job);
        long token = statuses.begin(id, 1).orElseThrow();
        assertThat(statuses.retry(id, token, PRIVATE, Duration.ofMinutes(5))).isTrue();
        JobStatus waiting = statuses.find(id).orElseThrow();
        assertThat(waiting.status()).isEqualTo(Status.ONQUEUE);
        assertThat(waiting.progress().stage()).isEqualTo(Stage.RETRYING);
        assertThat(waiting.failure()).isEqualTo(PRIVATE);
        assertLives(OPEN);
        assertWaitsFor(SETTINGS.longestWait().plusMinutes(5));

        statuses.begin(id, 2);
        assertThat(statuses.find(id).orElseThrow().failure()).isNull();
        assertThat(statuses.find(id).orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void anOlderAttemptChangesNothingOnceANewerOneBegan() {
        statuses.onQueue(job);
        long older = statuses.begin(id, 1).orElseThrow();
        long newer = statuses.begin(id, 2).orElseThrow();

        assertThat(statuses.fail(id, older, PRIVATE)).isFalse();
        assertThat(statuses.progress(id, older, new Progress(Stage.CONVERTING, 99, null)))
                .isFalse();
        assertThat(statuses.found(id, older, new Track("t", "a"))).isFalse();
        assertThat(statuses.retry(id, older, PRIVATE, Duration.ZERO)).isFalse();
        assertThat(statuses.handBack(id, older)).isFalse();
        assertThat(statuses.finish(id, older)).isFalse();
        assertThat(statuses.find(id).orElseThrow().status()).isEqualTo(Status.ONQUEUE);
        assertThat(statuses.finish(id, newer)).isTrue();
    }

    @Test
    void aFinishedOrFailedJobBeginsNoMore() {
        statuses.onQueue(job);
        statuses.finish(id, statuses.begin(id, 1).orElseThrow());
        assertThat(statuses.begin(id, 2)).isEmpty();
        assertThat(statuses.find(id).orElseThrow().status()).isEqualTo(Status.FINISH);
    }

    @Test
    void anExpiredJobIsNotBroughtBackByItsWorker() {
        statuses.onQueue(job);
        long token = statuses.begin(id, 1).orElseThrow();
        statuses.forget(id);
        assertThat(statuses.progress(id, token, new Progress(Stage.CONVERTING, 1, null)))
                .isFalse();
        assertThat(redis.keys("*")).isEmpty();
    }

    /** Its time is set back, as Redis' own clock decides. */
    @Test
    void aJobThatWaitedTooLongHasFailedWithAReason() {
        Job young = Job.of(job.video());
        statuses.onQueue(job);
        statuses.onQueue(young);
        long token = statuses.begin(id, 1).orElseThrow();
        redis.opsForZSet().add("{jobs}:open", id.toString(), System.currentTimeMillis() - 1000);

        assertThat(statuses.failOverdue()).containsExactly(id.toString());

        JobStatus failed = statuses.find(id).orElseThrow();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure().kind()).isEqualTo("WAITED_TOO_LONG");
        assertLives(SETTINGS.keepFailed());
        assertThat(statuses.progress(id, token, new Progress(Stage.CONVERTING, 1, null)))
                .as("whoever still works on it changes nothing")
                .isFalse();
        assertThat(statuses.find(young.id()).orElseThrow().status()).isEqualTo(Status.ONQUEUE);
        assertThat(statuses.failOverdue()).isEmpty();
    }

    @Test
    void onlyWorkThatMovesMakesAJobWaitLonger() {
        statuses.onQueue(job);
        redis.opsForZSet().add("{jobs}:open", id.toString(), System.currentTimeMillis() + 60_000);

        long token = statuses.begin(id, 1).orElseThrow();
        statuses.found(id, token, new Track("t", "a"));
        statuses.handBack(id, token);
        assertWaitsFor(Duration.ofMinutes(1));

        statuses.progress(id, token, new Progress(Stage.CONVERTING, 1, null));
        assertWaitsFor(SETTINGS.longestWait());
    }

    @Test
    void anEndedJobIsOpenNoMore() {
        statuses.onQueue(job);
        statuses.finish(id, statuses.begin(id, 1).orElseThrow());
        assertThat(redis.hasKey("{jobs}:open")).isFalse();
    }

    /** Its worker may not have heard that Redis knows, and then be asked to stop. */
    @Test
    void anEndIsTheEndAlsoForTheAttemptThatToldIt() {
        statuses.onQueue(job);
        long token = statuses.begin(id, 1).orElseThrow();
        statuses.finish(id, token);

        assertThat(statuses.handBack(id, token)).isFalse();
        assertThat(statuses.progress(id, token, new Progress(Stage.CONVERTING, 1, null)))
                .isFalse();
        assertThat(statuses.retry(id, token, new Failure("NETWORK", "broke"), Duration.ZERO))
                .isFalse();
        assertThat(statuses.fail(id, token, new Failure("NETWORK", "broke"))).isFalse();
        assertThat(statuses.finish(id, token)).as("told once more").isTrue();
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
    void aDetailThatIsNoneOfOursCountsAsAbsent(String field, String junk) {
        statuses.onQueue(job);
        redis.opsForHash().put("job:" + id, field, junk);

        assertThat(statuses.find(id))
                .contains(new JobStatus(
                        Status.ONQUEUE, new Progress(Stage.WAITING, 0, null), job.video(), null, 0, null));
    }

    @Test
    void aStatusThatIsNoneOfOursIsNoStatus() {
        redis.opsForValue().set(id.toString(), "SLEEPING");
        assertThat(statuses.find(id)).isEmpty();
        redis.delete(id.toString());
        redis.opsForList().leftPush(id.toString(), "ONQUEUE");
        assertThat(statuses.find(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobWhoseDetailsAreNoneOfOursCanBeDoneAllTheSame(boolean ofAnotherType) {
        statuses.onQueue(job);
        spoil(ofAnotherType);

        long token = statuses.begin(id, 1).orElseThrow();
        assertThat(statuses.finish(id, token)).isTrue();
        assertThat(statuses.find(id)).map(JobStatus::status).contains(Status.FINISH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobWhoseDetailsAreNoneOfOursKeepsNoOtherFromItsEnd(boolean ofAnotherType) {
        Job other = Job.of(job.video());
        statuses.onQueue(job);
        statuses.onQueue(other);
        spoil(ofAnotherType);
        redis.opsForZSet().add("{jobs}:open", id.toString(), 1);
        redis.opsForZSet().add("{jobs}:open", other.id().toString(), 2);

        assertThat(statuses.failOverdue())
                .containsExactly(id.toString(), other.id().toString());
        assertThat(statuses.find(id).orElseThrow().failure().kind()).isEqualTo("WAITED_TOO_LONG");
    }

    private void spoil(boolean ofAnotherType) {
        if (ofAnotherType) {
            redis.opsForValue().set("job:" + id, "junk");
        } else {
            redis.opsForHash().put("job:" + id, "token", "junk");
        }
    }
}
