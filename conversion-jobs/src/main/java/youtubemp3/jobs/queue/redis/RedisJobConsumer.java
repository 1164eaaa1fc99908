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
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.redis.RedisClock;

/**
 * Takes jobs from the Redis stream, at least once: an entry leaves the stream only when its outcome is known, and an entry whose
 * worker fell silent is taken over by another.
 *
 * <p>Every change of an entry's owner, and its end, happens in a script that checks the owner first, by Redis' clock alone:
 * neither a worker that slept nor one whose clock jumped can take a job from another or end it.
 */
class RedisJobConsumer implements JobConsumer {

    private static final Logger log = LoggerFactory.getLogger(RedisJobConsumer.class);

    /** How long a read waits for a new job; well under the command time-out of {@code converter-worker.yml}. */
    private static final Duration BLOCK = Duration.ofSeconds(2);

    /** The consumer that owns requeued entries, so that the worker that requeued them can leave. */
    private static final String REQUEUED = "requeued";

    /** Makes stream and group where they are missing, and removes consumers that have left. */
    private static final RedisScript<Long> JOIN = script("""
            redis.pcall('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
            local hour = 3600000
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, ARGV[1])) do
              local name, pending, idle = consumer[2], consumer[4], consumer[6]
              if pending == 0 and idle > hour then redis.call('XGROUP', 'DELCONSUMER', stream, ARGV[1], name) end
            end
            return 1""");

    /**
     * Moves due retries into the stream, or to the dead letters if they are not jobs; then takes over one entry whose worker
     * fell silent, if there is one. A retry is removed last: what a script has done when it fails is not undone.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> TAKE_OVER = JobStream.script(RedisClock.NOW + """
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
            local taken = {entry[1], tostring(silent[4] + 1)}
            for _, part in ipairs(entry[2]) do taken[#taken + 1] = part end
            return taken""", List.class);

    /**
     * Guard of every script on an entry: the caller must still hold it. ARGV is group, consumer, entry, deliveries. The consumer
     * alone would not tell: a worker that slept may have taken its own job over, on another thread.
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

    /** ARGV[5] is the delay in ms, ARGV[6] the message. The removal comes last, as above. */
    private static final RedisScript<Long> RETRY = script(
            HELD + RedisClock.NOW + "redis.call('ZADD', retries, now + ARGV[5], ARGV[6])\n" + REMOVE + "return 1");

    /**
     * ARGV[5] is the kind of failure, ARGV[6] its arguments. An entry that another program has added may have more fields than a
     * command takes, and some of these names: the last ones count.
     */
    private static final RedisScript<Long> DEAD_LETTER = script(HELD + """
            local entry = redis.call('XRANGE', stream, ARGV[3], ARGV[3])[1]
            if entry then
              local letter = {unpack(entry[2], 1, math.min(#entry[2], 100))}
              for _, part in ipairs({'kind', ARGV[5], 'arguments', ARGV[6]}) do letter[#letter + 1] = part end
              redis.call('XADD', dead, 'MAXLEN', '~', 10000, '*', unpack(letter))
            end
            """ + REMOVE + "return 1");

    /** ARGV[5] is an idle time after which the entry may be taken at once, ARGV[6] its new owner. The delivery is uncounted. */
    private static final RedisScript<Long> REQUEUE = script(HELD + """
            redis.call('XCLAIM', stream, ARGV[1], ARGV[6], 0, ARGV[3], 'IDLE', ARGV[5], 'RETRYCOUNT', held[4] - 1, 'JUSTID')
            return 1""");

    private final StringRedisTemplate redis;
    private final Duration lease;

    /** One name for each start of a worker, so that a restarted one never passes for the one before. */
    private final String consumer = UUID.randomUUID().toString();

    /** By {@link System#nanoTime}: no job is taken over before. */
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

    /** A message that is not a job becomes a dead letter at once: it would come again and again. */
    private Optional<Delivery> read(String entry, Map<String, String> fields, int deliveries) {
        Optional<Job> job = JobMessage.read(fields);
        if (job.isEmpty()) {
            log.error("Entry {} of {} is not a job; it was moved to {}", entry, JobStream.STREAM, JobStream.DEAD);
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
     * An entry of the stream that this consumer was given.
     *
     * @param entry the entry's id
     * @param deliveries how often it was delivered, this time included: with the consumer, it identifies the holder
     */
    private record RedisDelivery(RedisJobConsumer consumer, String entry, int deliveries, Job job) implements Delivery {

        @Override
        public boolean renew() {
            return consumer.onHeld(RENEW, entry, deliveries);
        }

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
                return consumer.onHeld(REQUEUE, entry, deliveries, idle, REQUEUED);
            }
            return consumer.onHeld(ACKNOWLEDGE, entry, deliveries);
        }
    }
}
