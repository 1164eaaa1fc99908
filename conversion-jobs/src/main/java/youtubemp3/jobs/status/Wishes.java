package youtubemp3.jobs.status;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.JobSettings;

/**
 * The wishes for a job, in the Redis set {@code job:<uuid>:wishes}: several clients may want the same one. When the last of them takes
 * its wish back while the job is open, the job is withdrawn.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class Wishes {

    /** Bounds the memory that a job takes. A wish beyond them is not stored, and the job is then never withdrawn. */
    private static final int MAX_WISHES = 1000;

    private static final RedisScript<String> ADD = new DefaultRedisScript<>("""
            local wishes = redis.pcall('SCARD', KEYS[2])
            if type(wishes) == 'table' then redis.call('DEL', KEYS[2]) wishes = 0 end
            redis.call('SADD', KEYS[2], wishes < tonumber(ARGV[3]) and ARGV[1] or 'more')
            redis.call('PEXPIRE', KEYS[2], ARGV[2])
            local status = redis.pcall('GET', KEYS[1])
            return type(status) ~= 'table' and status or nil""", String.class);

    private static final RedisScript<String> TAKE_BACK = new DefaultRedisScript<>("""
            local status, wishes, job, open, outbox = unpack(KEYS)
            if redis.pcall('SREM', wishes, ARGV[1]) ~= 1 then return 'UNKNOWN' end
            if redis.call('SCARD', wishes) > 0 or redis.pcall('GET', status) ~= 'ONQUEUE' then return 'TAKEN_BACK' end
            redis.call('DEL', status, job)
            redis.call('ZREM', open, ARGV[2])
            redis.call('ZREM', outbox, ARGV[2])
            return 'WITHDRAWN'""", String.class);

    private final StringRedisTemplate redis;
    private final JobSettings settings;

    public Wishes(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /**
     * A wish for a job.
     *
     * @param id its id, with which it can be taken back
     * @param status the status of the job when it was wished for; null if it has none
     */
    public record Wish(UUID id, UUID job, @Nullable Status status) {}

    /** What became of a wish. */
    public enum Outcome {
        /** It does not exist, or the job has ended. */
        UNKNOWN,
        /** It was taken back, and its job stays. */
        TAKEN_BACK,
        /** It was taken back, and its job was withdrawn with it. */
        WITHDRAWN
    }

    /** Adds a wish, before its job is submitted: then another client's withdrawal does not take the job away. */
    public Wish add(UUID job) {
        UUID id = UUID.randomUUID();
        String keep = String.valueOf(settings.maxWait().plus(JobStatuses.MARGIN).toMillis());
        @Nullable
        String status =
                redis.execute(ADD, List.of(job.toString(), key(job)), id.toString(), keep, String.valueOf(MAX_WISHES));
        return new Wish(id, job, Status.read(job.toString(), status).orElse(null));
    }

    /** Takes a wish back. */
    public Outcome takeBack(UUID job, UUID wish) {
        return Outcome.valueOf(redis.execute(
                TAKE_BACK,
                List.of(job.toString(), key(job), JobStatuses.detailsKey(job), OpenJobs.KEY, Outbox.key()),
                wish.toString(),
                job.toString()));
    }

    static String key(UUID job) {
        return "job:" + job + ":wishes";
    }
}
