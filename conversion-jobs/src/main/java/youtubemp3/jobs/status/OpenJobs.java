package youtubemp3.jobs.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.redis.RedisClock;

/** The sorted set of all jobs that are ONQUEUE, by the time at which they will have waited too long. */
final class OpenJobs {

    static final String KEY = "{jobs}:open";

    /**
     * ARGV[1] is how long FAILED is kept, in ms; fields and values follow, with the kind as ARGV[5]. The new token invalidates an
     * attempt that still runs.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> FAIL_OVERDUE =
            new DefaultRedisScript<>(RedisClock.NOW + FailureCounts.countFunction() + """
            local failed = {}
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1000)) do
              redis.call('ZREM', KEYS[1], id)
              if redis.pcall('GET', id) == 'ONQUEUE' then
                redis.call('SET', id, 'FAILED', 'PX', ARGV[1])
                local token = redis.pcall('HINCRBY', 'job:' .. id, 'token', 1)
                if type(token) == 'table' then redis.call('DEL', 'job:' .. id) end
                redis.call('HDEL', 'job:' .. id, 'eta', 'reason')
                redis.call('HSET', 'job:' .. id, unpack(ARGV, 2))
                redis.call('PEXPIRE', 'job:' .. id, ARGV[1])
                redis.call('DEL', 'job:' .. id .. ':wishes')
                count_failure(KEYS[2], ARGV[5])
                failed[#failed + 1] = id
              end
            end
            return failed""", List.class);

    /**
     * ARGV[1] is how far the deadline of a stalled job is away at most, in ms; a job that was claimed less than ARGV[2] ms ago is
     * left out. So is one whose details are gone, since writing to them would make a key that never expires.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> CLAIM_STALLED = new DefaultRedisScript<>(RedisClock.NOW + """
            local stalled = {}
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, now + ARGV[1])) do
              local claimed = redis.pcall('HGET', 'job:' .. id, 'stalled')
              local open = redis.pcall('GET', id) == 'ONQUEUE' and redis.call('EXISTS', 'job:' .. id) == 1
              if open and type(claimed) ~= 'table' and (tonumber(claimed or 0) or 0) <= now - ARGV[2] then
                redis.call('HSET', 'job:' .. id, 'stalled', now)
                stalled[#stalled + 1] = id
              end
            end
            return stalled""", List.class);

    private final StringRedisTemplate redis;

    OpenJobs(StringRedisTemplate redis) {
        this.redis = redis;
    }

    long count() {
        Long count = redis.opsForZSet().zCard(KEY);
        return count == null ? 0 : count;
    }

    /**
     * Fails up to 1,000 jobs whose time is over.
     *
     * @param keep how long FAILED is kept
     * @return their ids
     */
    List<String> failOverdue(Duration keep) {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(keep.toMillis())));
        Failure overdue = new Failure("WAITED_TOO_LONG");
        arguments.addAll(List.of("stage", Stage.FAILED.text(), "failure", overdue.kind()));
        arguments.addAll(List.of("arguments", overdue.argumentsAsJson()));
        List<?> failed = redis.execute(FAIL_OVERDUE, List.of(KEY, FailureCounts.KEY), arguments.toArray());
        return failed.stream().map(String.class::cast).toList();
    }

    /**
     * The jobs whose deadline is no further away than this, each at most once in the given time.
     *
     * @param interval the time in which a job is not claimed again
     */
    List<UUID> claimStalled(Duration untilDeadline, Duration interval) {
        List<?> stalled = redis.execute(
                CLAIM_STALLED,
                List.of(KEY),
                String.valueOf(untilDeadline.toMillis()),
                String.valueOf(interval.toMillis()));
        return stalled.stream()
                .map(id -> JobId.parse((String) id))
                .flatMap(Optional::stream)
                .toList();
    }
}
