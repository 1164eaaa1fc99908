package youtubemp3.jobs.limits;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Rate limits that all processes share, by the generic cell rate algorithm (GCRA, ITU-T I.371): a key holds the time at which its
 * limit will be unused again. All times are Redis' own, so that no process' clock can stop the others, and a key expires when its
 * limit is unused.
 */
public class RateLimits {

    /**
     * A rate.
     *
     * @param burst how many may come at once after a rest
     * @param count how many may come in each period
     */
    public record Limit(int burst, int count, Duration period) {

        /** As many at once as in each period. */
        public static Limit of(int count, Duration period) {
            return new Limit(count, count, period);
        }

        private long intervalMicros() {
            return Math.max(1, TimeUnit.NANOSECONDS.toMicros(period.toNanos()) / count);
        }
    }

    /**
     * ARGV is the interval between two, and the time that a burst counts for, both in microseconds. A time that this limit cannot
     * have led to counts as unused: the setting has changed, or another program has written it.
     */
    private static final RedisScript<Long> TAKE = new DefaultRedisScript<>("""
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
            local stored = redis.pcall('GET', KEYS[1])
            local unused = type(stored) == 'string' and stored:match('^%d+$') and tonumber(stored) or now
            if unused < now or unused > now + burst then unused = now end
            unused = unused + interval
            local wait = unused - burst - now
            if wait > 0 then return wait end
            redis.call('SET', KEYS[1], string.format('%.0f', unused), 'PX', math.ceil((unused - now) / 1000))
            return 0""", Long.class);

    private final StringRedisTemplate redis;

    public RateLimits(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Takes one of what the limit allows.
     *
     * @param key the key in Redis
     * @return empty when there was one, else how long it will take until there is
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public Optional<Duration> take(String key, Limit limit) {
        long interval = limit.intervalMicros();
        long wait =
                redis.execute(TAKE, List.of(key), String.valueOf(interval), String.valueOf(interval * limit.burst()));
        return wait == 0 ? Optional.empty() : Optional.of(Duration.of(wait, ChronoUnit.MICROS));
    }
}
