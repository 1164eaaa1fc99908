package youtubemp3.jobs.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.redis.RedisClock;

/**
 * A transactional outbox: the sorted set {@code {jobs}:outbox} of the jobs whose status is written, but which are not yet known to be in
 * the queue, by the time of the status. A process that dies between the two leaves its job here, and another one enqueues it: a second
 * client may have found its status and rely on it.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class Outbox {

    private static final String KEY = "{jobs}:outbox";

    /** Those that were added more than ARGV[1] ms ago. They are claimed by the present time, and so not claimed again at once. */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> CLAIM = new DefaultRedisScript<>(RedisClock.NOW + """
            local claimed = {}
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1], 'LIMIT', 0, 100)) do
              if redis.pcall('GET', id) == 'ONQUEUE' then
                redis.call('ZADD', KEYS[1], now, id)
                claimed[#claimed + 1] = id
              else
                redis.call('ZREM', KEYS[1], id)
              end
            end
            return claimed""", List.class);

    private final StringRedisTemplate redis;
    private final JobStatuses statuses;

    public Outbox(StringRedisTemplate redis, JobStatuses statuses) {
        this.redis = redis;
        this.statuses = statuses;
    }

    static String key() {
        return KEY;
    }

    /** Removes a job that is in the queue. */
    public void sent(UUID id) {
        redis.opsForZSet().remove(KEY, id.toString());
    }

    /** Up to 100 open jobs that have been here for this time. */
    public List<Job> claim(Duration age) {
        List<?> claimed = redis.execute(CLAIM, List.of(KEY), String.valueOf(age.toMillis()));
        return claimed.stream()
                .map(id -> JobId.parse((String) id))
                .flatMap(Optional::stream)
                .map(statuses::job)
                .flatMap(Optional::stream)
                .toList();
    }
}
