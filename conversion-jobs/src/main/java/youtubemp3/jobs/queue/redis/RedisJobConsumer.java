package youtubemp3.jobs.queue.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamReadOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.redis.JobStream.Entry;

/**
 * Takes jobs from the Redis stream, at least once: an entry leaves the stream only when its outcome is known, and one whose
 * worker fell silent is taken over by another.
 *
 * <p>All that changes the owner of an entry, or ends it, happens in scripts that look at the owner first, by Redis' clock
 * alone: neither a worker that slept nor one whose clock jumped can take a job from another or end it.
 */
public class RedisJobConsumer implements JobConsumer {

    private static final Logger log = LoggerFactory.getLogger(RedisJobConsumer.class);

    /** How long a read waits for a new job; well under Lettuce's command time-out of a minute. */
    private static final Duration BLOCK = Duration.ofSeconds(2);

    /** The consumer that handed-back entries wait under, so that the one who gave them back can leave. */
    private static final String HANDED_BACK = "handed-back";

    private static final RedisScript<Long> JOIN = script("""
            redis.pcall('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
            local hour = 3600000
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, ARGV[1])) do
              local name, pending, idle = consumer[2], consumer[4], consumer[6]
              if pending == 0 and idle > hour then redis.call('XGROUP', 'DELCONSUMER', stream, ARGV[1], name) end
            end
            return 1""");

    /**
     * Moves due retries into the stream, or aside what is none, then takes over one entry whose worker fell silent, if there
     * is one.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> TAKE_OVER = new DefaultRedisScript<>(JobStream.NAMES + """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            for _, due in ipairs(redis.call('ZRANGEBYSCORE', retry, '-inf', now, 'LIMIT', 0, 10)) do
              local job, video, attempts = due:match('^(%S+) (%S+) (%d+)$')
              if job then redis.call('XADD', stream, '*', 'job', job, 'video', video, 'attempts', attempts)
              else redis.call('XADD', dead, '*', 'retry', due, 'kind', 'MALFORMED', 'reason', 'not a job') end
              -- last: a script that fails in between is not undone
              redis.call('ZREM', retry, due)
            end
            local silent = redis.call('XPENDING', stream, ARGV[1], 'IDLE', ARGV[3], '-', '+', 1)[1]
            if not silent then return {} end
            local entry = redis.call('XCLAIM', stream, ARGV[1], ARGV[2], ARGV[3], silent[1])[1]
            if not entry then return {} end
            local taken = {entry[1], tostring(silent[4] + 1)}
            for _, part in ipairs(entry[2]) do taken[#taken + 1] = part end
            return taken""", List.class);

    /**
     * Stands before every script on an entry that somebody believes to hold: ARGV is group, consumer, entry, deliveries. The
     * consumer alone would not do: a worker that slept may have taken its own job over, on another thread.
     */
    private static final String HELD = """
            local held = redis.call('XPENDING', stream, ARGV[1], ARGV[3], ARGV[3], 1)[1]
            if not held or held[2] ~= ARGV[2] or held[4] ~= tonumber(ARGV[4]) then return 0 end
            """;

    private static final String REMOVE = """
            redis.call('XACK', stream, ARGV[1], ARGV[3])
            redis.call('XDEL', stream, ARGV[3])
            """;

    private static final RedisScript<Long> RENEW = script(HELD + """
            redis.call('XCLAIM', stream, ARGV[1], ARGV[2], 0, ARGV[3], 'JUSTID')
            return 1""");

    private static final RedisScript<Long> ACKNOWLEDGE = script(HELD + REMOVE + "return 1");

    /** The removal comes last: what a script has done when it fails is not undone. */
    private static final RedisScript<Long> RETRY = script(HELD + """
            local time = redis.call('TIME')
            local due = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[5]
            redis.call('ZADD', retry, due, ARGV[6])
            """ + REMOVE + "return 1");

    /** A stranger's entry may have more fields than a call takes, and some of our names: ours come last and count. */
    private static final RedisScript<Long> BURY = script(HELD + """
            local entry = redis.call('XRANGE', stream, ARGV[3], ARGV[3])[1]
            if entry then
              local letter = {unpack(entry[2], 1, math.min(#entry[2], 100))}
              for _, part in ipairs({'kind', ARGV[5], 'reason', ARGV[6]}) do letter[#letter + 1] = part end
              redis.call('XADD', dead, 'MAXLEN', '~', 10000, '*', unpack(letter))
            end
            """ + REMOVE + "return 1");

    /** As if nobody had ever taken it: free at once, and the delivery uncounted. */
    private static final RedisScript<Long> HAND_BACK = script(HELD + """
            redis.call('XCLAIM', stream, ARGV[1], ARGV[6], 0, ARGV[3], 'IDLE', ARGV[5], 'RETRYCOUNT', held[4] - 1, 'JUSTID')
            return 1""");

    private final StringRedisTemplate redis;
    private final Duration lease;

    /** One name for each start of a worker, so that a restarted one never passes for the one before. */
    private final String consumer = UUID.randomUUID().toString();

    public RedisJobConsumer(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.lease = settings.lease();
    }

    @Override
    public Subscription subscribe(JobHandler handler, int concurrency) {
        return new RedisSubscription(this, handler, concurrency, lease);
    }

    /** Makes stream and group where they are missing, and removes consumers that left without a word. */
    void join() {
        redis.execute(JOIN, JobStream.KEYS, JobStream.GROUP);
    }

    /** The next job: one that was abandoned, else a new one, waited for a moment; empty when there is none. */
    Optional<Entry> take() {
        Optional<Entry> abandoned = takeOver();
        return abandoned.isPresent() ? abandoned : takeNew();
    }

    private Optional<Entry> takeOver() {
        List<?> taken =
                redis.execute(TAKE_OVER, JobStream.KEYS, JobStream.GROUP, consumer, String.valueOf(lease.toMillis()));
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        taken.forEach(part -> parts.add((String) part));
        Map<String, String> fields = new HashMap<>();
        for (int i = 2; i + 1 < parts.size(); i += 2) {
            fields.put(parts.get(i), parts.get(i + 1));
        }
        return read(parts.get(0), fields, Integer.parseInt(parts.get(1)));
    }

    /** The next job that nobody had before, waited for a moment. */
    Optional<Entry> takeNew() {
        List<MapRecord<String, String, String>> records = redis.<String, String>opsForStream()
                .read(
                        Consumer.from(JobStream.GROUP, consumer),
                        StreamReadOptions.empty().count(1).block(BLOCK),
                        StreamOffset.create(JobStream.STREAM, ReadOffset.lastConsumed()));
        if (records == null || records.isEmpty()) {
            return Optional.empty();
        }
        MapRecord<String, String, String> record = records.get(0);
        return read(record.getId().getValue(), record.getValue(), 1);
    }

    /** What is no job is set aside at once: coming again and again, it would only hold a worker. */
    private Optional<Entry> read(String id, Map<String, String> fields, int deliveries) {
        try {
            return Optional.of(JobStream.read(id, fields, deliveries));
        } catch (IllegalArgumentException e) {
            log.error("Entry {} of {} is no job; it was moved to {}", id, JobStream.STREAM, JobStream.DEAD);
            onHeld(BURY, id, deliveries, "MALFORMED", "not a job");
            return Optional.empty();
        }
    }

    /** True while the entry is still ours; its lease starts anew. */
    boolean renew(Entry entry) {
        return onHeld(RENEW, entry.id(), entry.deliveries());
    }

    /** Ends an attempt. False when the entry was not ours any more, and nothing was changed. */
    boolean settle(Entry entry, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            int attempts = retry.counts() ? entry.attempt() : entry.attempt() - 1;
            String due = entry.job().id() + " " + entry.job().video() + " " + attempts;
            return onHeld(
                    RETRY,
                    entry.id(),
                    entry.deliveries(),
                    String.valueOf(retry.delay().toMillis()),
                    due);
        }
        if (outcome instanceof Outcome.Dead dead) {
            return onHeld(
                    BURY,
                    entry.id(),
                    entry.deliveries(),
                    dead.failure().kind(),
                    dead.failure().reason());
        }
        if (outcome instanceof Outcome.HandBack) {
            return handBack(entry);
        }
        return onHeld(ACKNOWLEDGE, entry.id(), entry.deliveries());
    }

    /** Gives the entry back untried. False when it was not ours any more. */
    boolean handBack(Entry entry) {
        return onHeld(HAND_BACK, entry.id(), entry.deliveries(), String.valueOf(lease.toMillis()), HANDED_BACK);
    }

    private boolean onHeld(RedisScript<Long> script, String entry, int deliveries, String... more) {
        List<Object> arguments = new ArrayList<>(List.of(JobStream.GROUP, consumer, entry, String.valueOf(deliveries)));
        arguments.addAll(List.of(more));
        return redis.execute(script, JobStream.KEYS, arguments.toArray()) == 1;
    }

    private static RedisScript<Long> script(String text) {
        return new DefaultRedisScript<>(JobStream.NAMES + text, Long.class);
    }
}
