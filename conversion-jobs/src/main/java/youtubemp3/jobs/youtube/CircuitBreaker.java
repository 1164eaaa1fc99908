package youtubemp3.jobs.youtube;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.redis.RedisClock;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * A circuit breaker that all workers share: while YouTube refuses this server, further requests would prolong the refusal. While
 * it is closed, every job may ask YouTube. While it is open, none may until the pause is over. Half open, only one job, the probe,
 * may: it either closes the circuit or starts the next pause, twice as long.
 *
 * <p>A listing of a playlist counts as a job here, with an id of its own.
 *
 * <p>Its state is in the Redis hash {@code {jobs}:circuit}, and all times are by Redis' clock. Every method throws {@link
 * org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class CircuitBreaker {

    /** Why YouTube may be refusing this server. */
    public enum Cause {
        /** YouTube reports that it limits or blocks this server. */
        BLOCKED,
        /** YouTube may have changed something that this yt-dlp does not support yet. */
        CHANGED
    }

    /** What to do with a refused job. */
    public enum Decision {
        /** Treat it as a failure of the job: too few videos were refused, or others have succeeded since its last refusal. */
        FAIL,
        /** Requeue it at its place, since the circuit is open. */
        REQUEUE,
        /** Requeue the probe at the end, so that the next probe is another job, in case only this video is refused. */
        REQUEUE_LAST
    }

    /**
     * A circuit that is not closed.
     *
     * @param kind the kind of failure that opened it
     * @param cause why YouTube may be refusing this server
     * @param nextTry when the pause is over; in the past while a probe runs
     */
    public record Pause(String kind, Cause cause, Instant nextTry) {}

    /**
     * How a circuit opens.
     *
     * @param threshold how many different videos must be refused within ten minutes, without a success in between
     * @param pause the length of the first pause
     * @param maxPause the length of the longest pause, before jitter
     * @param jitter the factor by which the pause is multiplied, so that several servers do not retry together
     */
    public record Opening(int threshold, Duration pause, Duration maxPause, double jitter) {}

    private static final List<String> KEYS = List.of("{jobs}:circuit", "{jobs}:refused", "{jobs}:wave");

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

    /** Prefix of every script. It deletes values that cannot be read, which would make every script fail. */
    private static final String NAMES = RedisClock.NOW + """
            local circuit, refused, wave = KEYS[1], KEYS[2], KEYS[3]
            local day = 86400000
            if type(redis.pcall('HEXISTS', circuit, 'until')) == 'table' then redis.call('DEL', circuit) end
            if type(redis.pcall('HEXISTS', refused, '')) == 'table' then redis.call('DEL', refused) end
            if type(redis.pcall('ZCARD', wave)) == 'table' then redis.call('DEL', wave) end
            for _, field in ipairs({'until', 'probe_until', 'answers', 'pauses'}) do
              local value = redis.call('HGET', circuit, field)
              if value and not (#value <= 15 and value:match('^%d+$')) then redis.call('HDEL', circuit, field) end
            end
            local function number(field) return tonumber(redis.call('HGET', circuit, field) or '0') end
            """;

    /** ARGV[1] is the job, or empty for a check without effect, ARGV[2] the timeout of a probe in ms. */
    private static final RedisScript<Long> TRY_ACQUIRE = script("""
            if redis.call('HEXISTS', circuit, 'until') == 0 then return 1 end
            if now < number('until') then return 0 end
            if redis.call('HGET', circuit, 'probe') ~= ARGV[1] and now < number('probe_until') then return 0 end
            if ARGV[1] ~= '' then
              redis.call('HSET', circuit, 'probe', ARGV[1], 'probe_until', now + ARGV[2])
              redis.call('PEXPIRE', circuit, day)
            end
            return 1""", Long.class);

    /** While the circuit is open only the probe counts: another job began before YouTube refused. */
    private static final RedisScript<Long> ON_SUCCESS = script("""
            local open = redis.call('HEXISTS', circuit, 'until') == 1
            if open and redis.call('HGET', circuit, 'probe') ~= ARGV[1] then return 0 end
            redis.call('HINCRBY', circuit, 'answers', 1)
            redis.call('PEXPIRE', circuit, day)
            redis.call('DEL', wave)
            return redis.call('HDEL', circuit, 'until', 'kind', 'cause', 'pauses', 'probe', 'probe_until')""", Long.class);

    /** ARGV is job, subject, kind, cause, threshold, the first and the longest pause in ms, and the jitter. */
    private static final RedisScript<String> ON_REFUSED = script("""
            local answers = number('answers')
            local before = redis.call('HGET', refused, ARGV[1])
            local closed = redis.call('HEXISTS', circuit, 'until') == 0
            if closed and before and (tonumber(before) or answers) < answers then return 'FAIL' end
            local probe = redis.call('HGET', circuit, 'probe') == ARGV[1]
            if closed then
              redis.call('ZADD', wave, now, ARGV[2])
              redis.call('ZREMRANGEBYSCORE', wave, '-inf', now - 600000)
              redis.call('PEXPIRE', wave, 600000)
              if redis.call('ZCARD', wave) < tonumber(ARGV[5]) then return 'FAIL' end
            elseif not probe then
              return 'REQUEUE'
            end
            redis.call('HSET', refused, ARGV[1], answers)
            redis.call('PEXPIRE', refused, day)
            local pauses = redis.call('HINCRBY', circuit, 'pauses', 1)
            local pause = math.min(tonumber(ARGV[7]), ARGV[6] * 2 ^ math.min(pauses - 1, 30)) * ARGV[8]
            redis.call('HSET', circuit, 'until', now + math.floor(pause), 'kind', ARGV[3], 'cause', ARGV[4])
            redis.call('HDEL', circuit, 'probe', 'probe_until')
            redis.call('PEXPIRE', circuit, day + math.floor(pause))
            return probe and 'REQUEUE_LAST' or 'REQUEUE'""", String.class);

    private static final RedisScript<Long> RELEASE = script("""
            if redis.call('HGET', circuit, 'probe') ~= ARGV[1] then return 0 end
            return redis.call('HDEL', circuit, 'probe', 'probe_until')""", Long.class);

    /** Enough for YouTube's response and the first sound. Afterwards, a probe whose worker died is replaced. */
    private static final Duration PROBE_TIMEOUT = Duration.ofMinutes(2);

    private final StringRedisTemplate redis;

    public CircuitBreaker(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Whether a job could ask YouTube now. */
    public boolean isReady() {
        return redis.execute(TRY_ACQUIRE, KEYS, "") == 1;
    }

    /** Whether this job may ask YouTube now. While the circuit is half open, the job becomes the probe. */
    public boolean tryAcquire(UUID job) {
        return redis.execute(TRY_ACQUIRE, KEYS, job.toString(), String.valueOf(PROBE_TIMEOUT.toMillis())) == 1;
    }

    /** Reports that YouTube has responded to this job, if only that the video is private: it does not refuse this server. */
    public void onSuccess(UUID job) {
        redis.execute(ON_SUCCESS, KEYS, job.toString());
    }

    /** Reports that the job has ended. If it is still the probe, another job may become it. */
    public void release(UUID job) {
        redis.execute(RELEASE, KEYS, job.toString());
    }

    /**
     * Reports that YouTube has refused this job.
     *
     * @param subject the video, or the playlist, that it was asked for
     * @param kind the kind of failure, for operators
     * @param cause why YouTube may be refusing this server
     * @param opening when and for how long the circuit opens
     */
    public Decision onRefused(UUID job, String subject, String kind, Cause cause, Opening opening) {
        return Decision.valueOf(redis.execute(
                ON_REFUSED,
                KEYS,
                job.toString(),
                subject,
                kind,
                cause.name(),
                String.valueOf(opening.threshold()),
                String.valueOf(opening.pause().toMillis()),
                String.valueOf(opening.maxPause().toMillis()),
                String.valueOf(opening.jitter())));
    }

    /** The current pause; empty while the circuit is closed. */
    public Optional<Pause> pause() {
        List<@Nullable String> state = UnreadableKeys.orElse(
                Arrays.asList(null, null, null),
                KEYS.get(0),
                () -> redis.<String, String>opsForHash().multiGet(KEYS.get(0), List.of("kind", "cause", "until")));
        String kind = state.get(0);
        String until = state.get(2);
        if (until != null && !MILLIS.matcher(until).matches()) {
            UnreadableKeys.warn(KEYS.get(0));
            return Optional.empty();
        }
        // the first edition wrote no cause
        Cause cause = Cause.CHANGED.name().equals(state.get(1)) ? Cause.CHANGED : Cause.BLOCKED;
        return kind == null || until == null
                ? Optional.empty()
                : Optional.of(new Pause(kind, cause, Instant.ofEpochMilli(Long.parseLong(until))));
    }

    private static <T> RedisScript<T> script(String text, Class<T> result) {
        return new DefaultRedisScript<>(NAMES + text, result);
    }
}
