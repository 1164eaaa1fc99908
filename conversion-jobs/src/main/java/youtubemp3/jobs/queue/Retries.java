package youtubemp3.jobs.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.redis.RedisClock;

/**
 * The jobs that wait for their next attempt. They are in a Redis sorted set with every broker, by the time at which they are due, so
 * that any delay is possible and none waits behind another. A member is the job's message in JSON.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class Retries {

    /** The key of the sorted set. */
    public static final String KEY = "{jobs}:retries";

    private static final RedisScript<Long> ADD = new DefaultRedisScript<>(
            RedisClock.NOW + "return redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[2])", Long.class);

    /**
     * Postpones up to ten due jobs by ARGV[1] ms, and returns them with their new score. Its half a millisecond sets it apart from
     * that of every job that was added.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> CLAIM_DUE = new DefaultRedisScript<>(RedisClock.NOW + """
            local claimed, until_then = {}, string.format('%.1f', now + ARGV[1] + 0.5)
            for _, due in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 10)) do
              redis.call('ZADD', KEYS[1], until_then, due)
              claimed[#claimed + 1] = due
              claimed[#claimed + 1] = until_then
            end
            return claimed""", List.class);

    /** ARGV is the message and the score of the claim: the job may have run meanwhile and been added again. */
    private static final RedisScript<Long> REMOVE = new DefaultRedisScript<>("""
            local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
            if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
            return redis.call('ZREM', KEYS[1], ARGV[1])""", Long.class);

    private final StringRedisTemplate redis;

    public Retries(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Adds a job, which is due after the delay. */
    public void add(Job job, Duration delay) {
        redis.execute(ADD, List.of(KEY), String.valueOf(delay.toMillis()), JobMessage.json(job));
    }

    /**
     * Claims up to ten jobs that are due. They stay, but are not claimed again before the given time, in which the caller enqueues and
     * then removes them. So none is lost when the caller dies in between, and one may be enqueued twice.
     */
    public List<Claim> claimDue(Duration time) {
        List<?> claimed = redis.execute(CLAIM_DUE, List.of(KEY), String.valueOf(time.toMillis()));
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i + 1 < claimed.size(); i += 2) {
            claims.add(new Claim((String) claimed.get(i), (String) claimed.get(i + 1)));
        }
        return claims;
    }

    /** Removes a job that was claimed, unless it has been added again since. */
    public void remove(Claim claim) {
        redis.execute(REMOVE, List.of(KEY), claim.message(), claim.score());
    }

    /** Whether a job waits for its next attempt. */
    public boolean contains(Job job) {
        return redis.opsForZSet().score(KEY, JobMessage.json(job)) != null;
    }

    /** The number of jobs that wait for their next attempt. */
    public long count() {
        Long count = redis.opsForZSet().zCard(KEY);
        return count == null ? 0 : count;
    }

    /**
     * A due job that one worker enqueues.
     *
     * @param message the job's message in JSON, unless another program has written it
     * @param score the score that the claim has given it, which identifies the claim
     */
    public record Claim(String message, String score) {}
}
