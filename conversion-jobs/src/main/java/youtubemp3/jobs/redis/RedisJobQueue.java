package youtubemp3.jobs.redis;

import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobQueue;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.QueueFullException;

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
}
