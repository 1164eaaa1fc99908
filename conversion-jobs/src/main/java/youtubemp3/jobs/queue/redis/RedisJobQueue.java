package youtubemp3.jobs.queue.redis;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.JobQueue;

/** Stores the queue in a Redis stream. A job stays in the stream until it ends, so the stream's length includes running jobs. */
class RedisJobQueue implements JobQueue {

    /** ARGV is the fields of the message. */
    private static final RedisScript<String> ENQUEUE =
            JobStream.script("return redis.call('XADD', stream, '*', unpack(ARGV))", String.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> DEPTH = JobStream.script("""
            local waiting = redis.call('ZCARD', retries) + redis.call('ZCARD', first_edition)
            return {redis.call('XLEN', stream), waiting, redis.call('XLEN', dead)}""", List.class);

    private final StringRedisTemplate redis;

    RedisJobQueue(StringRedisTemplate redis) {
        this.redis = redis;
    }

    @Override
    public void enqueue(Job job) {
        redis.execute(ENQUEUE, JobStream.KEYS, arguments(JobMessage.fields(job)));
    }

    private static Object[] arguments(Map<String, String> fields) {
        return fields.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray();
    }

    @Override
    public Depth depth() {
        List<?> counts = redis.execute(DEPTH, JobStream.KEYS);
        return new Depth((Long) counts.get(0), (Long) counts.get(1), (Long) counts.get(2));
    }
}
