package youtubemp3.jobs.queue.redis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.status.QueueFullException;

/** A bounded queue on a Redis stream. A job stays in the stream until it is done, so its length counts running jobs too. */
public class RedisJobQueue implements JobQueue {

    private static final RedisScript<Long> ENQUEUE = new DefaultRedisScript<>(JobStream.NAMES + """
            if redis.call('XLEN', stream) + redis.call('ZCARD', retry) >= tonumber(ARGV[1]) then return 0 end
            redis.call('XADD', stream, '*', 'job', ARGV[2], 'video', ARGV[3], 'attempts', '0')
            return 1""", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> DEPTH = new DefaultRedisScript<>(
            JobStream.NAMES
                    + "return {redis.call('XLEN', stream), redis.call('ZCARD', retry), redis.call('XLEN', dead)}",
            List.class);

    private static final RedisScript<Long> PUT_BACK = new DefaultRedisScript<>(JobStream.NAMES + """
            local entry = redis.call('XRANGE', dead, ARGV[1], ARGV[1])[1]
            if not entry then return 0 end
            local fields = {}
            for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
            if not fields.job or not fields.video then return 0 end
            redis.call('XADD', stream, '*', 'job', fields.job, 'video', fields.video, 'attempts', '0')
            redis.call('XDEL', dead, ARGV[1])
            return 1""", Long.class);

    /** As Redis names the entries of a stream, but for numbers that no clock has reached. */
    private static final Pattern ENTRY = Pattern.compile("\\d{1,15}-\\d{1,15}");

    /** A stranger may give an entry any number of 64 bits. */
    private static final BigInteger LATEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final StringRedisTemplate redis;
    private final int limit;

    public RedisJobQueue(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.limit = settings.queueLimit();
    }

    @Override
    public void enqueue(Job job) {
        long added = redis.execute(
                ENQUEUE,
                JobStream.KEYS,
                String.valueOf(limit),
                job.id().toString(),
                job.video().value());
        if (added == 0) {
            throw new QueueFullException(limit);
        }
    }

    @Override
    public Depth depth() {
        List<?> counts = redis.execute(DEPTH, JobStream.KEYS);
        return new Depth((Long) counts.get(0), (Long) counts.get(1), (Long) counts.get(2));
    }

    @Override
    public List<DeadJob> dead(int most) {
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .reverseRange(JobStream.DEAD, Range.unbounded(), Limit.limit().count(most));
        return entries == null
                ? List.of()
                : entries.stream().map(RedisJobQueue::read).toList();
    }

    @Override
    public Optional<DeadJob> dead(String entry) {
        if (!ENTRY.matcher(entry).matches()) {
            return Optional.empty();
        }
        List<MapRecord<String, String, String>> entries =
                redis.<String, String>opsForStream().range(JobStream.DEAD, Range.just(entry));
        return entries == null ? Optional.empty() : entries.stream().findFirst().map(RedisJobQueue::read);
    }

    private static DeadJob read(MapRecord<String, String, String> entry) {
        Map<String, String> fields = entry.getValue();
        Failure failure = new Failure(fields.getOrDefault("kind", ""), fields.getOrDefault("reason", ""));
        String id = entry.getId().getValue();
        Job job;
        try {
            job = JobStream.read(id, fields, 0).job();
        } catch (IllegalArgumentException e) {
            job = null;
        }
        // Redis begins an entry's id with its time in ms
        BigInteger millis = new BigInteger(id.substring(0, id.indexOf('-')));
        Instant since = Instant.ofEpochMilli(millis.min(LATEST).longValueExact());
        return new DeadJob(id, since, failure, job);
    }

    @Override
    public boolean putBack(String entry) {
        return ENTRY.matcher(entry).matches() && redis.execute(PUT_BACK, JobStream.KEYS, entry) == 1;
    }

    @Override
    public boolean remove(String entry) {
        if (!ENTRY.matcher(entry).matches()) {
            return false;
        }
        Long removed = redis.opsForStream().delete(JobStream.DEAD, entry);
        return removed != null && removed > 0;
    }
}
