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
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.redis.RedisClock;

/**
 * Delivers jobs from the Redis stream at least once: an entry is removed only when its outcome is known, and an entry whose lease
 * has expired is delivered to another worker.
 *
 * <p>Every script that changes or removes an entry checks its owner first and uses only Redis' clock. So neither a suspended worker
 * nor one with a wrong clock can take a job from another or settle it.
 */
class RedisJobConsumer implements JobConsumer {

    private static final Logger log = LoggerFactory.getLogger(RedisJobConsumer.class);

    /** How long a read blocks for a new job; well below the command timeout in {@code converter-worker.yml}. */
    private static final Duration BLOCK = Duration.ofSeconds(2);

    /** Creates the stream and its consumer group if they are missing, and removes consumers that have been idle for an hour. */
    private static final RedisScript<Long> JOIN = script("""
            redis.pcall('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
            local hour = 3600000
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, ARGV[1])) do
              local name, pending, idle = consumer[2], consumer[4], consumer[6]
              if pending == 0 and idle > hour then redis.call('XGROUP', 'DELCONSUMER', stream, ARGV[1], name) end
            end
            return 1""");

    /**
     * Moves due retries to the stream, or to the dead letters if they are not jobs; then claims one entry whose lease has expired.
     * A retry is removed last, since Redis does not roll back a script that fails.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> TAKE_OVER =
            JobStream.script(RedisClock.NOW + """
            local function message(due)
              local read, fields = pcall(cjson.decode, due)
              if not read or type(fields) ~= 'table' or not fields.job or not fields.video then return nil end
              local message = {}
              for name, value in pairs(fields) do
                if type(name) ~= 'string' or type(value) ~= 'string' then return nil end
                message[#message + 1] = name
                message[#message + 1] = value
              end
              return #message <= 100 and message or nil
            end
            local function first_edition_message(due)
              local job, video = due:match('^(%S+) (%S+) %d+$')
              return job and {'job', job, 'video', video}
            end
            local function move(key, read)
              for _, due in ipairs(redis.call('ZRANGEBYSCORE', key, '-inf', now, 'LIMIT', 0, 10)) do
                local job = read(due)
                if job then redis.call('XADD', stream, '*', unpack(job))
                else redis.call('XADD', dead, '*', 'retry', due, 'kind', ARGV[4], 'arguments', '[]') end
                redis.call('ZREM', key, due)
              end
            end
            move(retries, message)
            move(first_edition, first_edition_message)
            local silent = redis.call('XPENDING', stream, ARGV[1], 'IDLE', ARGV[3], '-', '+', 1)[1]
            if not silent then return {} end
            local entry = redis.call('XCLAIM', stream, ARGV[1], ARGV[2], ARGV[3], silent[1])[1]
            if not entry then return {} end
            """ + Redeliveries.INCREMENT + """
            local taken = {entry[1], tostring(silent[4] + 1)}
            for _, part in ipairs(entry[2]) do taken[#taken + 1] = part end
            return taken""", List.class);

    /**
     * Guard of every script on an entry: the caller must still hold it. ARGV is group, consumer, entry, deliveries. The number of
     * deliveries is needed because a worker that was suspended may have claimed its own entry again on another thread.
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

    /** ARGV[5] is the delay in ms, ARGV[6] the message. The entry is removed last, as in {@link #TAKE_OVER}. */
    private static final RedisScript<Long> RETRY = script(
            HELD + RedisClock.NOW + "redis.call('ZADD', retries, now + ARGV[5], ARGV[6])\n" + REMOVE + "return 1");

    /**
     * ARGV[5] is the kind of failure, ARGV[6] its arguments. An entry of another program may have more fields than a Lua call can
     * pass, so they are limited, and may have fields with these names; the appended ones are read.
     */
    private static final RedisScript<Long> DEAD_LETTER =
            script(HELD + """
            local entry = redis.call('XRANGE', stream, ARGV[3], ARGV[3])[1]
            if entry then
              local letter = {unpack(entry[2], 1, math.min(#entry[2], 100))}
              for _, part in ipairs({'kind', ARGV[5], 'arguments', ARGV[6]}) do letter[#letter + 1] = part end
              redis.call('XADD', dead, 'MAXLEN', '~', %d, '*', unpack(letter))
            end
            """.formatted(DeadLetters.MAX) + REMOVE + "return 1");

    /** Uncounts the delivery. ARGV[5] is the idle time in ms, with which the entry can be claimed at once, ARGV[6] its new owner. */
    private static final RedisScript<Long> REQUEUE = script(HELD + """
            redis.call('XCLAIM', stream, ARGV[1], ARGV[6], 0, ARGV[3], 'IDLE', ARGV[5], 'RETRYCOUNT', held[4] - 1, 'JUSTID')
            return 1""");

    private final StringRedisTemplate redis;
    private final Duration lease;

    /** A new name at each start, so that a restarted worker is never taken for its predecessor. */
    private final String consumer = UUID.randomUUID().toString();

    /** The {@link System#nanoTime} before which expired leases are not taken over. */
    private volatile long leasesHoldUntil = System.nanoTime();

    RedisJobConsumer(StringRedisTemplate redis, Duration lease) {
        this.redis = redis;
        this.lease = lease;
    }

    @Override
    public void join(Duration grace) {
        redis.execute(JOIN, JobStream.KEYS, JobStream.GROUP);
        if (!grace.isZero()) {
            leasesHoldUntil = System.nanoTime() + grace.toNanos();
        }
    }

    @Override
    public Optional<Delivery> take() {
        Optional<Delivery> silent = System.nanoTime() - leasesHoldUntil >= 0 ? takeOver() : Optional.empty();
        return silent.isPresent() ? silent : takeNew();
    }

    private Optional<Delivery> takeOver() {
        List<?> taken = redis.execute(
                TAKE_OVER,
                JobStream.KEYS,
                JobStream.GROUP,
                consumer,
                String.valueOf(lease.toMillis()),
                DeadLetters.MALFORMED);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = taken.stream().map(String.class::cast).toList();
        Map<String, String> fields = new HashMap<>();
        for (int i = 2; i + 1 < parts.size(); i += 2) {
            fields.put(parts.get(i), parts.get(i + 1));
        }
        return read(parts.get(0), fields, Integer.parseInt(parts.get(1)));
    }

    private Optional<Delivery> takeNew() {
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

    /** Makes a message that is not a job a dead letter at once, since it would be delivered forever. */
    private Optional<Delivery> read(String entry, Map<String, String> fields, int deliveries) {
        Optional<Job> job = JobMessage.read(fields);
        if (job.isEmpty()) {
            log.error("Entry {} of {} is not a job and becomes a dead letter", entry, JobStream.STREAM);
            onHeld(DEAD_LETTER, entry, deliveries, DeadLetters.MALFORMED, "[]");
            return Optional.empty();
        }
        return Optional.of(new RedisDelivery(this, entry, deliveries, job.get()));
    }

    private boolean onHeld(RedisScript<Long> script, String entry, int deliveries, String... more) {
        List<Object> arguments = new ArrayList<>(List.of(JobStream.GROUP, consumer, entry, String.valueOf(deliveries)));
        arguments.addAll(List.of(more));
        return redis.execute(script, JobStream.KEYS, arguments.toArray()) == 1;
    }

    private static RedisScript<Long> script(String text) {
        return JobStream.script(text, Long.class);
    }

    /**
     * An entry of the stream that was delivered to this consumer.
     *
     * @param entry the id of the entry
     * @param deliveries how often it has been delivered, including this time; with the consumer it identifies the holder
     */
    private record RedisDelivery(RedisJobConsumer consumer, String entry, int deliveries, Job job) implements Delivery {

        @Override
        public boolean renew() {
            return consumer.onHeld(RENEW, entry, deliveries);
        }

        /** The lease expires, since it is no longer renewed. */
        @Override
        public void abandon() {}

        @Override
        public boolean settle(Outcome outcome) {
            if (outcome instanceof Outcome.Retry retry) {
                String delay = String.valueOf(retry.delay().toMillis());
                return consumer.onHeld(RETRY, entry, deliveries, delay, JobMessage.json(job));
            }
            if (outcome instanceof Outcome.DeadLetter letter) {
                Failure failure = letter.failure();
                return consumer.onHeld(DEAD_LETTER, entry, deliveries, failure.kind(), failure.argumentsAsJson());
            }
            if (outcome instanceof Outcome.Requeue) {
                String idle = String.valueOf(consumer.lease.toMillis());
                return consumer.onHeld(REQUEUE, entry, deliveries, idle, JobStream.REQUEUED);
            }
            return consumer.onHeld(ACKNOWLEDGE, entry, deliveries);
        }
    }
}
