package youtubemp3.jobs.redis;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The clock of Redis. Processes use it for all shared times, since their own clocks may differ or jump. */
public record RedisClock(StringRedisTemplate redis) implements InstantSource {

    /** Beginning of a Lua script that defines {@code now}, in milliseconds since 1970. */
    public static final String NOW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    @Override
    public Instant instant() {
        RedisCallback<Long> micros = connection -> connection.serverCommands().time(TimeUnit.MICROSECONDS);
        return Instant.EPOCH.plus(Objects.requireNonNull(redis.execute(micros)), ChronoUnit.MICROS);
    }
}
