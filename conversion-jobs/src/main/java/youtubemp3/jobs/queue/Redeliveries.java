package youtubemp3.jobs.queue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * Counts the deliveries of jobs that had been delivered before: after the death of a worker, a lost connection or a requeue. The number
 * is in Redis with every broker, since workers have no port at which they could report it.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class Redeliveries {

    /** The key of the counter. */
    public static final String KEY = "{jobs}:redeliveries";

    /** Counts one, in a script that names the key {@code redeliveries}. A value of another type under the key is replaced. */
    public static final String INCREMENT = """
            if type(redis.pcall('INCR', redeliveries)) == 'table' then redis.call('SET', redeliveries, 1) end
            """;

    private static final RedisScript<Long> COUNT_ONE =
            new DefaultRedisScript<>("local redeliveries = KEYS[1]\n" + INCREMENT + "return 1", Long.class);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final StringRedisTemplate redis;

    public Redeliveries(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Counts one. */
    public void increment() {
        redis.execute(COUNT_ONE, List.of(KEY));
    }

    /** The number since Redis was set up. */
    public long count() {
        Optional<String> count = UnreadableKeys.orElse(
                Optional.empty(),
                KEY,
                () -> Optional.ofNullable(redis.opsForValue().get(KEY)));
        return count.filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong)
                .orElse(0L);
    }
}
