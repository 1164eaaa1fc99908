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
import youtubemp3.jobs.Job;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * Stops all workers from asking YouTube while it refuses this server: who goes on asking is refused for longer. Closed, all
 * is well. Open, nobody asks until a pause is over. Half open, one job alone, the probe, finds out: it closes the circuit,
 * or begins the next pause, twice as long.
 *
 * <p>Its state is in the Redis hash {@code {jobs}:circuit}, and all times are by Redis' clock. Every method throws {@link
 * org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class CircuitBreaker {

    /** What a refused job is to do. */
    public enum Verdict {
        /** The refusal is about this video alone: others went through since its last one. */
        OF_THE_VIDEO,
        /** The circuit is open. The job was not tried, and keeps its place. */
        HAND_BACK,
        /** As before, but it was the probe: another shall be the next one, in case it is the video after all. */
        TO_THE_END
    }

    /**
     * A circuit that is not closed.
     *
     * @param kind the kind of failure that opened it
     * @param nextTry when the pause is over; while the probe runs, this has passed
     */
    public record Pause(String kind, Instant nextTry) {

        /** Whether it looks as if YouTube had changed something that yt-dlp does not know yet, rather than had enough of us. */
        public boolean needsUpdate() {
            return kind.equals("FORBIDDEN") || kind.equals("NO_FORMATS");
        }
    }

    private static final List<String> KEYS = List.of("{jobs}:circuit", "{jobs}:refused", "{jobs}:wave");

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

    private static final String NAMES = """
            local circuit, refused, wave = KEYS[1], KEYS[2], KEYS[3]
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local day = 86400000
            -- what is none of ours counts as absent: every job would otherwise fail at it
            if type(redis.pcall('HEXISTS', circuit, 'until')) == 'table' then redis.call('DEL', circuit) end
            if type(redis.pcall('HEXISTS', refused, '')) == 'table' then redis.call('DEL', refused) end
            if type(redis.pcall('ZCARD', wave)) == 'table' then redis.call('DEL', wave) end
            for _, field in ipairs({'until', 'probe_until', 'answers', 'pauses'}) do
              local value = redis.call('HGET', circuit, field)
              if value and not (#value <= 15 and value:match('^%d+$')) then redis.call('HDEL', circuit, field) end
            end
            local function number(field) return tonumber(redis.call('HGET', circuit, field) or '0') end
            """;

    /** ARGV is the job, or empty for one who only asks; then how long a probe may take, in ms. */
    private static final RedisScript<Long> ENTER = script("""
            if redis.call('HEXISTS', circuit, 'until') == 0 then return 1 end
            if now < number('until') then return 0 end
            if redis.call('HGET', circuit, 'probe') ~= ARGV[1] and now < number('probe_until') then return 0 end
            if ARGV[1] ~= '' then
              redis.call('HSET', circuit, 'probe', ARGV[1], 'probe_until', now + ARGV[2])
              redis.call('PEXPIRE', circuit, day)
            end
            return 1""");

    /** While the circuit is open only the probe counts: a job that began before says nothing about now. */
    private static final RedisScript<Long> ANSWERED = script("""
            local open = redis.call('HEXISTS', circuit, 'until') == 1
            if open and redis.call('HGET', circuit, 'probe') ~= ARGV[1] then return 0 end
            redis.call('HINCRBY', circuit, 'answers', 1)
            redis.call('PEXPIRE', circuit, day)
            redis.call('DEL', wave)
            return redis.call('HDEL', circuit, 'until', 'kind', 'pauses', 'probe', 'probe_until')""");

    /** ARGV: job, video, kind, how many videos make a wave (1: every refusal does), then the pause's limits and chance. */
    private static final RedisScript<Long> REFUSED = script("""
            local answers = number('answers')
            local before = redis.call('HGET', refused, ARGV[1])
            local closed = redis.call('HEXISTS', circuit, 'until') == 0
            if closed and before and (tonumber(before) or answers) < answers then return 0 end
            local probe = redis.call('HGET', circuit, 'probe') == ARGV[1]
            if closed then
              redis.call('ZADD', wave, now, ARGV[2])
              redis.call('ZREMRANGEBYSCORE', wave, '-inf', now - 600000)
              redis.call('PEXPIRE', wave, 600000)
              if redis.call('ZCARD', wave) < tonumber(ARGV[4]) then return 0 end
            elseif not probe then
              return 1
            end
            redis.call('HSET', refused, ARGV[1], answers)
            redis.call('PEXPIRE', refused, day)
            local pauses = redis.call('HINCRBY', circuit, 'pauses', 1)
            local pause = math.min(tonumber(ARGV[6]), ARGV[5] * 2 ^ math.min(pauses - 1, 30)) * ARGV[7]
            redis.call('HSET', circuit, 'until', now + math.floor(pause), 'kind', ARGV[3])
            redis.call('HDEL', circuit, 'probe', 'probe_until')
            redis.call('PEXPIRE', circuit, day + math.floor(pause))
            return probe and 2 or 1""");

    private static final RedisScript<Long> LEAVE = script("""
            if redis.call('HGET', circuit, 'probe') ~= ARGV[1] then return 0 end
            return redis.call('HDEL', circuit, 'probe', 'probe_until')""");

    /** Long enough for YouTube's answer and the first sound; a probe whose worker died is replaced after it. */
    private static final Duration PROBE = Duration.ofMinutes(2);

    private final StringRedisTemplate redis;

    public CircuitBreaker(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Whether a job could go to YouTube now. */
    public boolean isReady() {
        return run(ENTER, "") == 1;
    }

    /** Whether this job may go to YouTube now; at half open it becomes the probe. */
    public boolean enter(UUID job) {
        return run(ENTER, job.toString(), String.valueOf(PROBE.toMillis())) == 1;
    }

    /** YouTube has answered this job, be it that the video is private: it does not refuse us. */
    public void answered(UUID job) {
        run(ANSWERED, job.toString());
    }

    /** The job ended without a word about whether YouTube refuses us. If it was the probe, another may be. */
    public void leave(UUID job) {
        run(LEAVE, job.toString());
    }

    /**
     * YouTube has refused this job.
     *
     * @param kind the kind of failure, for those who look
     * @param wave how many different videos, within ten minutes and none answered between, it takes to open the circuit
     * @param first how long the first pause is
     * @param longest how long a pause may become
     * @param chance factor for the pause, so that several servers do not come back together
     */
    public Verdict refused(Job job, String kind, int wave, Duration first, Duration longest, double chance) {
        long verdict = run(
                REFUSED,
                job.id().toString(),
                job.video().value(),
                kind,
                String.valueOf(wave),
                String.valueOf(first.toMillis()),
                String.valueOf(longest.toMillis()),
                String.valueOf(chance));
        return Verdict.values()[(int) verdict];
    }

    /** Empty while the circuit is closed. */
    public Optional<Pause> pause() {
        List<@Nullable String> state = UnreadableKeys.orElse(
                Arrays.asList(null, null),
                KEYS.get(0),
                () -> redis.<String, String>opsForHash().multiGet(KEYS.get(0), List.of("kind", "until")));
        String kind = state.get(0);
        String until = state.get(1);
        if (until != null && !MILLIS.matcher(until).matches()) {
            UnreadableKeys.tell(KEYS.get(0));
            return Optional.empty();
        }
        return kind == null || until == null
                ? Optional.empty()
                : Optional.of(new Pause(kind, Instant.ofEpochMilli(Long.parseLong(until))));
    }

    private long run(RedisScript<Long> script, String... arguments) {
        return redis.execute(script, KEYS, (Object[]) arguments);
    }

    private static RedisScript<Long> script(String text) {
        return new DefaultRedisScript<>(NAMES + text, Long.class);
    }
}
