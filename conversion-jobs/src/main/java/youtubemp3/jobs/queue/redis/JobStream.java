package youtubemp3.jobs.queue.redis;

import java.util.List;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.queue.Retries;

/**
 * The Redis keys of the queue. They share a hash tag, since scripts use several at once, which Redis Cluster allows only within
 * one slot.
 *
 * <p>The stream {@code {jobs}:stream} holds waiting and running jobs. {@code {jobs}:retry} is the first edition's form of
 * {@link Retries}: it is read, but no longer written.
 */
final class JobStream {

    static final String STREAM = "{jobs}:stream";
    static final String FIRST_EDITION_RETRIES = "{jobs}:retry";
    static final List<String> KEYS =
            List.of(STREAM, Retries.KEY, DeadLetters.KEY, FIRST_EDITION_RETRIES, Redeliveries.KEY);

    /** The consumer group that all workers belong to. */
    static final String GROUP = "workers";

    /** The consumer that owns requeued entries, so that the worker that requeued them can be removed. */
    static final String REQUEUED = "requeued";

    /** Prefix of every script, which names the keys. */
    private static final String NAMES = "local stream, retries, dead, first_edition, redeliveries = unpack(KEYS)\n";

    private JobStream() {}

    static <T> RedisScript<T> script(String text, Class<T> result) {
        return new DefaultRedisScript<>(NAMES + text, result);
    }
}
