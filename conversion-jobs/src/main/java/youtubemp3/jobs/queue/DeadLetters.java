package youtubemp3.jobs.queue;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisStreamCommands.XAddOptions;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;

/**
 * The dead letters: jobs that failed for a reason other than their video, and messages that are not jobs, kept for an operator. They
 * are in a Redis stream with every broker, so that they survive a change of the broker. An entry has the fields of the message,
 * followed by those of the failure.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis or the broker cannot be reached.
 */
public class DeadLetters {

    /** The failure kind of a message that is not a job. */
    public static final String MALFORMED = "MALFORMED";

    /** The key of the stream. */
    public static final String KEY = "{jobs}:dead";

    /** About how many are kept, the newest. */
    public static final int MAX = 10_000;

    /** The id of a stream entry: milliseconds since 1970 and a sequence number, both in a plausible range. */
    private static final Pattern ENTRY = Pattern.compile("\\d{1,15}-\\d{1,15}");

    /** The time in an id is an unsigned 64-bit number, which another program may choose freely. */
    private static final BigInteger MAX_MILLIS = BigInteger.valueOf(Long.MAX_VALUE);

    private final StringRedisTemplate redis;
    private final JobQueue queue;

    public DeadLetters(StringRedisTemplate redis, JobQueue queue) {
        this.redis = redis;
        this.queue = queue;
    }

    /**
     * Adds a dead letter.
     *
     * @param message the fields of the message
     */
    public void add(Map<String, String> message, Failure failure) {
        Map<String, String> fields = new LinkedHashMap<>(message);
        fields.put("kind", failure.kind());
        fields.put("arguments", failure.argumentsAsJson());
        redis.opsForStream()
                .add(
                        StreamRecords.mapBacked(fields).withStreamKey(KEY),
                        XAddOptions.maxlen(MAX).approximateTrimming(true));
    }

    /** At most {@code max} dead letters, the newest first. */
    public List<DeadLetter> list(int max) {
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .reverseRange(KEY, Range.unbounded(), Limit.limit().count(max));
        return entries == null
                ? List.of()
                : entries.stream().map(DeadLetters::read).toList();
    }

    /** The dead letter with this id; empty when it does not exist. */
    public Optional<DeadLetter> find(String entry) {
        if (!ENTRY.matcher(entry).matches()) {
            return Optional.empty();
        }
        List<MapRecord<String, String, String>> entries =
                redis.<String, String>opsForStream().range(KEY, Range.just(entry));
        return entries == null ? Optional.empty() : entries.stream().findFirst().map(DeadLetters::read);
    }

    /** The number of dead letters. */
    public long count() {
        Long count = redis.opsForStream().size(KEY);
        return count == null ? 0 : count;
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

    /**
     * Moves the job of a dead letter to the end of the queue. As for {@link JobQueue#enqueue}, the caller writes the status first.
     * The dead letter is removed last, so a failure between the two may leave both, and loses neither. False when the dead letter
     * does not exist or is not a job.
     *
     * @param entry the id of the dead letter
     */
    public boolean requeue(String entry) {
        Optional<Job> job = find(entry).map(DeadLetter::job);
        job.ifPresent(queue::enqueue);
        return job.isPresent() && remove(entry);
    }

    /** Removes a dead letter. False when it does not exist. */
    public boolean remove(String entry) {
        if (!ENTRY.matcher(entry).matches()) {
            return false;
        }
        Long removed = redis.opsForStream().delete(KEY, entry);
        return removed != null && removed > 0;
    }

    /**
     * A job or message that is kept for an operator.
     *
     * @param entry the id of the dead letter
     * @param since when it became a dead letter
     * @param failure why it became a dead letter
     * @param job the job, or null for a message that is not a job
     */
    public record DeadLetter(
            String entry,
            Instant since,
            Failure failure,
            @Nullable Job job) {}
}
