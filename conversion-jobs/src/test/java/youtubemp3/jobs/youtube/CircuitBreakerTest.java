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
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.youtube.CircuitBreaker.Verdict;

/** On a real Redis, whose clock decides; a pause is over when the test sets its end back. */
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
        return Job.of(new VideoId(video));
    }

    private Verdict botCheck(Job job) {
        return circuit.refused(job, "BOT_CHECK", 1, FIRST, LONGEST, 1);
    }

    private Verdict forbidden(Job job) {
        return circuit.refused(job, "FORBIDDEN", 3, FIRST, LONGEST, 1);
    }

    private void pauseIsOver() {
        redis.opsForHash().put("{jobs}:circuit", "until", "1");
    }

    private void assertPauseOf(Duration expected) {
        CircuitBreaker.Pause pause = circuit.pause().orElseThrow();
        assertThat(Duration.between(Instant.now(), pause.nextTry())).isBetween(expected.minusSeconds(5), expected);
    }

    @Test
    void closedItLetsEveryJobIn() {
        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.enter(one.id())).isTrue();
        assertThat(circuit.enter(two.id())).isTrue();
        assertThat(circuit.pause()).isEmpty();
    }

    @Test
    void oneRefusalStopsAllUntilThePauseIsOver() {
        assertThat(botCheck(one)).isEqualTo(Verdict.HAND_BACK);

        assertThat(circuit.isReady()).isFalse();
        assertThat(circuit.enter(two.id())).isFalse();
        assertThat(circuit.pause().orElseThrow().kind()).isEqualTo("BOT_CHECK");
        assertPauseOf(FIRST);
        // one that was on its way changes nothing
        assertThat(botCheck(two)).isEqualTo(Verdict.HAND_BACK);
        circuit.answered(three.id());
        assertPauseOf(FIRST);
    }

    /** Two run at once: one is refused, the other, which began before, still gets its sound. */
    @Test
    void anAnswerFromBeforeThePauseTellsNothingAboutTheRefusedJob() {
        botCheck(one);
        circuit.answered(two.id());
        pauseIsOver();
        circuit.enter(one.id());

        assertThat(botCheck(one)).isEqualTo(Verdict.TO_THE_END);
        assertPauseOf(FIRST.multipliedBy(2));
    }

    @Test
    void anotherRefusalOfTheServerIsNotTheFaultOfAJobThatWaitsSinceTheLastOne() {
        botCheck(one);
        pauseIsOver();
        circuit.enter(two.id());
        circuit.answered(two.id());
        botCheck(three);
        pauseIsOver();
        circuit.enter(one.id());

        assertThat(botCheck(one)).isEqualTo(Verdict.TO_THE_END);
        assertPauseOf(FIRST.multipliedBy(2));
    }

    @Test
    void thenOneJobAloneFindsOut() {
        botCheck(one);
        pauseIsOver();

        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.enter(two.id())).isTrue();
        assertThat(circuit.isReady()).isFalse();
        assertThat(circuit.enter(three.id())).isFalse();
        circuit.answered(two.id());
        assertThat(circuit.enter(three.id())).isTrue();
        assertThat(circuit.pause()).isEmpty();
    }

    @Test
    void aProbeThatIsRefusedGoesToTheEndAndThePauseGrows() {
        botCheck(one);
        pauseIsOver();
        circuit.enter(two.id());
        assertThat(botCheck(three)).as("not the probe").isEqualTo(Verdict.HAND_BACK);
        assertThat(botCheck(two)).isEqualTo(Verdict.TO_THE_END);
        assertPauseOf(FIRST.multipliedBy(2));
        for (Job probe : new Job[] {three, one}) {
            pauseIsOver();
            circuit.enter(probe.id());
            assertThat(botCheck(probe)).isEqualTo(Verdict.TO_THE_END);
            assertPauseOf(LONGEST);
        }
        pauseIsOver();
        circuit.enter(two.id());
        circuit.answered(two.id());
        botCheck(three);
        assertThat(circuit.pause())
                .as("three was refused before, and two went through since")
                .isEmpty();
        botCheck(job("another____"));
        assertPauseOf(FIRST);
    }

    @Test
    void aProbeWithoutAVerdictMakesRoomForTheNext() {
        botCheck(one);
        pauseIsOver();
        circuit.enter(one.id());
        circuit.leave(two.id());
        assertThat(circuit.enter(two.id())).isFalse();
        circuit.leave(one.id());
        assertThat(circuit.enter(two.id())).isTrue();
    }

    @Test
    void aProbeWhoseWorkerDiedIsReplaced() {
        botCheck(one);
        pauseIsOver();
        circuit.enter(one.id());
        redis.opsForHash().put("{jobs}:circuit", "probe_until", "1");
        assertThat(circuit.enter(two.id())).isTrue();
    }

    @Test
    void aVideoThatIsRefusedWhileOthersGoThroughStopsNobody() {
        botCheck(one);
        pauseIsOver();
        circuit.enter(two.id());
        circuit.answered(two.id());

        assertThat(botCheck(one)).isEqualTo(Verdict.OF_THE_VIDEO);
        assertThat(circuit.isReady()).isTrue();
    }

    @Test
    void aWaveOverDifferentVideosOpensItAndTheSameVideoTwiceDoesNot() {
        assertThat(forbidden(one)).isEqualTo(Verdict.OF_THE_VIDEO);
        assertThat(forbidden(one)).isEqualTo(Verdict.OF_THE_VIDEO);
        assertThat(forbidden(two)).isEqualTo(Verdict.OF_THE_VIDEO);
        assertThat(circuit.isReady()).isTrue();
        assertThat(forbidden(three)).isEqualTo(Verdict.HAND_BACK);
        assertThat(circuit.isReady()).isFalse();
        pauseIsOver();
        circuit.enter(one.id());
        assertThat(forbidden(one)).isEqualTo(Verdict.TO_THE_END);
    }

    @Test
    void anAnswerEndsAWave() {
        forbidden(one);
        forbidden(two);
        circuit.answered(job("fine_______").id());
        assertThat(forbidden(three)).isEqualTo(Verdict.OF_THE_VIDEO);
    }

    @Test
    void nothingOfItStaysForEver() {
        circuit.answered(one.id());
        forbidden(one);
        botCheck(two);
        assertThat(Stream.of("circuit", "refused", "wave").map(key -> redis.getExpire("{jobs}:" + key)))
                .allMatch(seconds -> seconds > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"until", "probe_until", "answers", "pauses"})
    void aNumberThatIsNoneStopsNobody(String field) {
        botCheck(two);
        pauseIsOver();
        redis.opsForHash().put("{jobs}:circuit", field, "junk");

        circuit.pause();
        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.enter(one.id())).isTrue();
        circuit.answered(one.id());
        assertThat(botCheck(three)).isEqualTo(Verdict.HAND_BACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"circuit", "refused", "wave"})
    void aKeyOfAnotherTypeStopsNobody(String key) {
        redis.opsForList().leftPush("{jobs}:" + key, "junk");

        assertThat(circuit.pause()).isEmpty();
        assertThat(circuit.isReady()).isTrue();
        assertThat(circuit.enter(one.id())).isTrue();
        assertThat(forbidden(one)).isEqualTo(Verdict.OF_THE_VIDEO);
        assertThat(botCheck(two)).isEqualTo(Verdict.HAND_BACK);
    }
}
