package youtubemp3.jobs.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.youtube.CircuitBreaker.Cause;
import youtubemp3.jobs.youtube.CircuitBreaker.Decision;
import youtubemp3.jobs.youtube.CircuitBreaker.Opening;

/** Runs with a real Redis, whose clock decides; the tests set the end of a pause back to end it. */
class CircuitBreakerTest {

    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Job one = job("one________");
    private final Job two = job("two________");
    private final Job three = job("three______");
    private LettuceConnectionFactory connection;
    private StringRedisTemplate redis;
    private CircuitBreaker circuit;

    @BeforeEach
    void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        circuit = new CircuitBreaker(redis);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private static Job job(String video) {
        return RandomJob.of(new VideoId(video));
    }

    private Decision botCheck(Job job) {
        return circuit.onRefused(
                job.id(), job.video().value(), "BOT_CHECK", Cause.BLOCKED, new Opening(1, FIRST, LONGEST, 1));
    }

    private Decision forbidden(Job job) {
        return circuit.onRefused(
                job.id(), job.video().value(), "FORBIDDEN", Cause.CHANGED, new Opening(3, FIRST, LONGEST, 1));
    }

    private void pauseIsOver() {
        redis.opsForHash().put("{jobs}:circuit", "until", "1");
    }

    private void assertPauseOf(Duration expected) {
        CircuitBreaker.Pause pause = circuit.pause().orElseThrow();
        assertThat(Duration.between(Instant.now(), pause.nextTry())).isBetween(expected.minusSeconds(5), expected);
    }

    @Test
    void aClosedCircuitAdmitsEveryJob() {
        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.tryAcquire(one.id())).isTrue();
        assertThat(circuit.tryAcquire(two.id())).isTrue();
        assertThat(circuit.pause()).isEmpty();
    }

    @Test
    void oneRefusalPausesAllJobs() {
        assertThat(botCheck(one)).isEqualTo(Decision.REQUEUE);

        assertThat(circuit.isReady()).isFalse();
        assertThat(circuit.tryAcquire(two.id())).isFalse();
        assertThat(circuit.pause().orElseThrow().kind()).isEqualTo("BOT_CHECK");
        assertPauseOf(FIRST);
        // a refusal of a concurrent job changes nothing
        assertThat(botCheck(two)).isEqualTo(Decision.REQUEUE);
        circuit.onSuccess(three.id());
        assertPauseOf(FIRST);
    }

    /** Of two concurrent jobs, one is refused, and the other, which began earlier, still succeeds. */
    @Test
    void aSuccessThatBeganBeforeThePauseDoesNotFailTheRefusedJob() {
        botCheck(one);
        circuit.onSuccess(two.id());
        pauseIsOver();
        circuit.tryAcquire(one.id());

        assertThat(botCheck(one)).isEqualTo(Decision.REQUEUE_LAST);
        assertPauseOf(FIRST.multipliedBy(2));
    }

    @Test
    void anotherRefusalOfTheServerDoesNotFailAJobThatWaitsSinceTheLastOne() {
        botCheck(one);
        pauseIsOver();
        circuit.tryAcquire(two.id());
        circuit.onSuccess(two.id());
        botCheck(three);
        pauseIsOver();
        circuit.tryAcquire(one.id());

        assertThat(botCheck(one)).isEqualTo(Decision.REQUEUE_LAST);
        assertPauseOf(FIRST.multipliedBy(2));
    }

    @Test
    void afterThePauseOneJobProbes() {
        botCheck(one);
        pauseIsOver();

        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.tryAcquire(two.id())).isTrue();
        assertThat(circuit.isReady()).isFalse();
        assertThat(circuit.tryAcquire(three.id())).isFalse();
        circuit.onSuccess(two.id());
        assertThat(circuit.tryAcquire(three.id())).isTrue();
        assertThat(circuit.pause()).isEmpty();
    }

    @Test
    void aRefusedProbeIsRequeuedLastAndThePauseDoubles() {
        botCheck(one);
        pauseIsOver();
        circuit.tryAcquire(two.id());
        assertThat(botCheck(three)).as("not the probe").isEqualTo(Decision.REQUEUE);
        assertThat(botCheck(two)).isEqualTo(Decision.REQUEUE_LAST);
        assertPauseOf(FIRST.multipliedBy(2));
        for (Job probe : new Job[] {three, one}) {
            pauseIsOver();
            circuit.tryAcquire(probe.id());
            assertThat(botCheck(probe)).isEqualTo(Decision.REQUEUE_LAST);
            assertPauseOf(LONGEST);
        }
        pauseIsOver();
        circuit.tryAcquire(two.id());
        circuit.onSuccess(two.id());
        botCheck(three);
        assertThat(circuit.pause())
                .as("three was refused before, and two went through since")
                .isEmpty();
        botCheck(job("another____"));
        assertPauseOf(FIRST);
    }

    @Test
    void aReleasedProbeIsReplaced() {
        botCheck(one);
        pauseIsOver();
        circuit.tryAcquire(one.id());
        circuit.release(two.id());
        assertThat(circuit.tryAcquire(two.id())).isFalse();
        circuit.release(one.id());
        assertThat(circuit.tryAcquire(two.id())).isTrue();
    }

    @Test
    void aProbeWhoseWorkerDiedIsReplaced() {
        botCheck(one);
        pauseIsOver();
        circuit.tryAcquire(one.id());
        redis.opsForHash().put("{jobs}:circuit", "probe_until", "1");
        assertThat(circuit.tryAcquire(two.id())).isTrue();
    }

    @Test
    void aVideoThatIsRefusedWhileOthersSucceedFails() {
        botCheck(one);
        pauseIsOver();
        circuit.tryAcquire(two.id());
        circuit.onSuccess(two.id());

        assertThat(botCheck(one)).isEqualTo(Decision.FAIL);
        assertThat(circuit.isReady()).isTrue();
    }

    @Test
    void onlyDifferentVideosReachTheThreshold() {
        assertThat(forbidden(one)).isEqualTo(Decision.FAIL);
        assertThat(forbidden(one)).isEqualTo(Decision.FAIL);
        assertThat(forbidden(two)).isEqualTo(Decision.FAIL);
        assertThat(circuit.isReady()).isTrue();
        assertThat(forbidden(three)).isEqualTo(Decision.REQUEUE);
        assertThat(circuit.isReady()).isFalse();
        pauseIsOver();
        circuit.tryAcquire(one.id());
        assertThat(forbidden(one)).isEqualTo(Decision.REQUEUE_LAST);
    }

    @Test
    void aSuccessResetsTheThreshold() {
        forbidden(one);
        forbidden(two);
        circuit.onSuccess(job("fine_______").id());
        assertThat(forbidden(three)).isEqualTo(Decision.FAIL);
    }

    @Test
    void allKeysExpire() {
        circuit.onSuccess(one.id());
        forbidden(one);
        botCheck(two);
        assertThat(Stream.of("circuit", "refused", "wave").map(key -> redis.getExpire("{jobs}:" + key)))
                .allMatch(seconds -> seconds > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"until", "probe_until", "answers", "pauses"})
    void anUnreadableNumberCountsAsAbsent(String field) {
        botCheck(two);
        pauseIsOver();
        redis.opsForHash().put("{jobs}:circuit", field, "junk");

        circuit.pause();
        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.tryAcquire(one.id())).isTrue();
        circuit.onSuccess(one.id());
        assertThat(botCheck(three)).isEqualTo(Decision.REQUEUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"circuit", "refused", "wave"})
    void aKeyOfAnotherTypeCountsAsAbsent(String key) {
        redis.opsForList().leftPush("{jobs}:" + key, "junk");

        assertThat(circuit.pause()).isEmpty();
        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.tryAcquire(one.id())).isTrue();
        assertThat(forbidden(one)).isEqualTo(Decision.FAIL);
        assertThat(botCheck(two)).isEqualTo(Decision.REQUEUE);
    }
}
