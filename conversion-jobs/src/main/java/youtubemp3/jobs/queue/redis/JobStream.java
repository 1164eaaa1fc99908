package youtubemp3.jobs.queue.redis;

import java.util.List;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The keys of the queue. They share a hash tag, since its scripts need several at once.
 *
 * <p>{@code {jobs}:stream} holds waiting and running jobs, {@code {jobs}:dead} dead letters, {@code {jobs}:retries} jobs that wait
 * for their next attempt, by the time when it is due. {@code {jobs}:retry} is the first edition's form of the last: it is emptied,
 * and written no more.
 */
final class JobStream {

    static final String STREAM = "{jobs}:stream";
    static final String RETRIES = "{jobs}:retries";
    static final String DEAD = "{jobs}:dead";
    static final String FIRST_EDITION_RETRIES = "{jobs}:retry";
    static final List<String> KEYS = List.of(STREAM, RETRIES, DEAD, FIRST_EDITION_RETRIES);

    /** The consumer group that all workers belong to. */
    static final String GROUP = "workers";

    /** Stands before every script: the keys by name. */
    private static final String NAMES =
            "local stream, retries, dead, first_edition = KEYS[1], KEYS[2], KEYS[3], KEYS[4]\n";

    private JobStream() {}

    static <T> RedisScript<T> script(String text, Class<T> result) {
        return new DefaultRedisScript<>(NAMES + text, result);
    }
}
