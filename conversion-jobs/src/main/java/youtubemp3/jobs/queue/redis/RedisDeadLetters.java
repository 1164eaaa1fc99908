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
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.queue.DeadLetters;

/** The dead letters in a Redis stream. An entry has the fields of the message, followed by those of the failure. */
class RedisDeadLetters implements DeadLetters {

    /** Copies all fields of the message except those of the failure. */
    private static final RedisScript<Long> REQUEUE = JobStream.script("""
            local entry = redis.call('XRANGE', dead, ARGV[1], ARGV[1])[1]
            if not entry then return 0 end
            local message, names = {}, {}
            for i = 1, #entry[2], 2 do
              local name, value = entry[2][i], entry[2][i + 1]
              names[name] = true
              if name ~= 'kind' and name ~= 'arguments' and name ~= 'reason' then
                message[#message + 1] = name
                message[#message + 1] = value
              end
            end
            if not names.job or not names.video then return 0 end
            redis.call('XADD', stream, '*', unpack(message))
            redis.call('XDEL', dead, ARGV[1])
            return 1""", Long.class);

    /** The id of a stream entry: milliseconds since 1970 and a sequence number, both in a plausible range. */
    private static final Pattern ENTRY = Pattern.compile("\\d{1,15}-\\d{1,15}");

    /** The time in an id is an unsigned 64-bit number, which another program may choose freely. */
    private static final BigInteger MAX_MILLIS = BigInteger.valueOf(Long.MAX_VALUE);

    private final StringRedisTemplate redis;

    RedisDeadLetters(StringRedisTemplate redis) {
        this.redis = redis;
    }

    @Override
    public List<DeadLetter> list(int max) {
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .reverseRange(JobStream.DEAD, Range.unbounded(), Limit.limit().count(max));
        return entries == null
                ? List.of()
                : entries.stream().map(RedisDeadLetters::read).toList();
    }

    @Override
    public Optional<DeadLetter> find(String entry) {
        if (!ENTRY.matcher(entry).matches()) {
            return Optional.empty();
        }
        List<MapRecord<String, String, String>> entries =
                redis.<String, String>opsForStream().range(JobStream.DEAD, Range.just(entry));
        return entries == null ? Optional.empty() : entries.stream().findFirst().map(RedisDeadLetters::read);
    }

    private static DeadLetter read(MapRecord<String, String, String> entry) {
        Map<String, String> fields = entry.getValue();
        String id = entry.getId().getValue();
        // the part before the dash is the time in ms
        BigInteger millis = new BigInteger(id.substring(0, id.indexOf('-')));
        Instant since = Instant.ofEpochMilli(millis.min(MAX_MILLIS).longValueExact());
        Failure failure =
                Failure.ofFields(fields.getOrDefault("kind", ""), fields.get("arguments"), fields.get("reason"));
        return new DeadLetter(id, since, failure, JobMessage.read(fields).orElse(null));
    }

    @Override
    public boolean requeue(String entry) {
        return ENTRY.matcher(entry).matches() && redis.execute(REQUEUE, JobStream.KEYS, entry) == 1;
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
