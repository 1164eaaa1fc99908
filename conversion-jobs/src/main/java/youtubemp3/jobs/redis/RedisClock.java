package youtubemp3.jobs.redis;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Redis' clock, the one that all processes share: theirs may differ, or jump. */
public record RedisClock(StringRedisTemplate redis) implements InstantSource {

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
    }

    /** Microseconds since 1970. */
    public long micros() {
        RedisCallback<Long> time =
                (RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS);
        return Objects.requireNonNull(redis.execute(time));
    }
}
