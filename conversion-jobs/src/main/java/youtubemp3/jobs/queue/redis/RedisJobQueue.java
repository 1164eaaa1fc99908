package youtubemp3.jobs.queue.redis;

import java.util.Map;
import java.util.stream.Stream;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.JobQueue;

/** Stores the queue in a Redis stream. A job stays in the stream until it ends, so the stream's length includes running jobs. */
class RedisJobQueue implements JobQueue {

    /** ARGV is the fields of the message. */
    private static final RedisScript<String> ENQUEUE =
            JobStream.script("return redis.call('XADD', stream, '*', unpack(ARGV))", String.class);

    /** ARGV is the group and the consumer of requeued entries, which wait although they have been delivered. */
    private static final RedisScript<Long> WAITING = JobStream.script("""
            local pending = redis.pcall('XPENDING', stream, ARGV[1])
            local taken = pending.err and 0 or pending[1]
            for _, consumer in ipairs(not pending.err and pending[4] or {}) do
              if consumer[1] == ARGV[2] then taken = taken - consumer[2] end
            end
            return redis.call('XLEN', stream) - taken""", Long.class);

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

    /** A stream is made when it is written to, and a Redis that refuses writes says so to the writer. */
    @Override
    public State state() {
        return new State(redis.execute(WAITING, JobStream.KEYS, JobStream.GROUP, JobStream.REQUEUED), 0, false);
    }
}
