package youtubemp3.jobs.queue.redis;

import java.util.List;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The Redis keys of the queue. They share a hash tag, since scripts use several at once, which Redis Cluster allows only within
 * one slot.
 *
 * <p>The stream {@code {jobs}:stream} holds waiting and running jobs, the stream {@code {jobs}:dead} dead letters, and the sorted
 * set {@code {jobs}:retries} jobs that wait for their next attempt, by its due time. {@code {jobs}:retry} is the first edition's
 * form of that set: it is read, but no longer written.
 */
final class JobStream {

    static final String STREAM = "{jobs}:stream";
    static final String RETRIES = "{jobs}:retries";
    static final String DEAD = "{jobs}:dead";
    static final String FIRST_EDITION_RETRIES = "{jobs}:retry";
    static final List<String> KEYS = List.of(STREAM, RETRIES, DEAD, FIRST_EDITION_RETRIES);

    /** The consumer group that all workers belong to. */
    static final String GROUP = "workers";

    /** Prefix of every script, which names the keys. */
    private static final String NAMES =
            "local stream, retries, dead, first_edition = KEYS[1], KEYS[2], KEYS[3], KEYS[4]\n";

    private JobStream() {}

    static <T> RedisScript<T> script(String text, Class<T> result) {
        return new DefaultRedisScript<>(NAMES + text, result);
    }
}
