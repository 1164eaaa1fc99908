package youtubemp3.jobs.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RealRedis;

class RateLimitsTest {

    private static final BucketConfiguration THREE_AN_HOUR = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(3)
                    .refillGreedy(3, Duration.ofHours(1))
                    .build())
            .build();

    private LettuceConnectionFactory connection;
    private LettuceConnectionFactory another;
    private RateLimits limits;

    @BeforeEach
    void connect() {
        RealRedis redis = RealRedis.shared();
        connection = redis.connect();
        another = redis.connect();
        limits = new RateLimits(connection);
    }

    @AfterEach
    void disconnect() {
        limits.destroy();
        connection.destroy();
        another.destroy();
    }

    @Test
    void aBucketIsSharedByAllAndSaysHowLongToWait() {
        RateLimits others = new RateLimits(another);
        assertThat(limits.take("limit:a", THREE_AN_HOUR)).isEmpty();
        assertThat(others.take("limit:a", THREE_AN_HOUR)).isEmpty();
        assertThat(limits.take("limit:a", THREE_AN_HOUR)).isEmpty();
        assertThat(others.take("limit:a", THREE_AN_HOUR).orElseThrow())
                .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
        assertThat(limits.take("limit:b", THREE_AN_HOUR)).isEmpty();
        others.destroy();
    }

    @Test
    void aBucketThatWouldBeFullIsForgotten() {
        limits.take("limit:a", THREE_AN_HOUR);
        assertThat(new StringRedisTemplate(connection).getExpire("limit:a")).isBetween(1199L, 1211L);
    }
}
