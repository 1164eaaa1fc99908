package youtubemp3.jobs.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.limits.RateLimits.Limit;
import youtubemp3.jobs.redis.RealRedis;

class RateLimitsTest {

    private static final Limit THREE_AN_HOUR = Limit.of(3, Duration.ofHours(1));

    private LettuceConnectionFactory connection;
    private LettuceConnectionFactory another;
    private RateLimits limits;

    @BeforeEach
    void connect() {
        RealRedis redis = RealRedis.shared();
        connection = redis.connect();
        another = redis.connect();
        limits = new RateLimits(new StringRedisTemplate(connection));
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
        another.destroy();
    }

    @Test
    void aLimitIsSharedAndReturnsTheWaitingTime() {
        RateLimits others = new RateLimits(new StringRedisTemplate(another));
        assertThat(limits.take("limit:a", THREE_AN_HOUR)).isEmpty();
        assertThat(others.take("limit:a", THREE_AN_HOUR)).isEmpty();
        assertThat(limits.take("limit:a", THREE_AN_HOUR)).isEmpty();
        assertThat(others.take("limit:a", THREE_AN_HOUR).orElseThrow())
                .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
        assertThat(limits.take("limit:b", THREE_AN_HOUR)).isEmpty();
    }

    @Test
    void aLimitExpiresOnceItIsUnused() {
        limits.take("limit:a", THREE_AN_HOUR);
        assertThat(new StringRedisTemplate(connection).getExpire("limit:a")).isBetween(1199L, 1200L);
    }

    @Test
    void theBurstMayDifferFromTheRate() {
        Limit two = new Limit(2, 60, Duration.ofHours(1));
        assertThat(limits.take("limit:a", two)).isEmpty();
        assertThat(limits.take("limit:a", two)).isEmpty();
        assertThat(limits.take("limit:a", two).orElseThrow()).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
    }

    /** After a changed setting, a clock that was set back, or a value of another program or of the first edition. */
    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999", "-1", "x", "", "\u0000\u0001", "nan", "inf"})
    void anImpossibleStoredTimeCountsAsUnused(String junk) {
        new StringRedisTemplate(connection).opsForValue().set("limit:a", junk);
        assertThat(limits.take("limit:a", THREE_AN_HOUR)).isEmpty();
    }

    @Test
    void aKeyOfAnotherTypeCountsAsUnused() {
        new StringRedisTemplate(connection).opsForList().leftPush("limit:a", "junk");
        assertThat(limits.take("limit:a", THREE_AN_HOUR)).isEmpty();
    }

    @Test
    void aRateAboveOneInAMicrosecondCountsAsThat() {
        assertThat(limits.take("limit:a", Limit.of(100_000_000, Duration.ofMinutes(1))))
                .isEmpty();
    }
}
