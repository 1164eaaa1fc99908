package youtubemp3.jobs.workers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.redis.RedisClock;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * The running workers, in the Redis hash {@code {jobs}:workers}, by name. A worker sends a heartbeat every few seconds; without one
 * for {@link #TIMEOUT} it counts as gone. The times are Redis' own: a worker whose clock is wrong counts as running all the same.
 */
public class WorkerHeartbeats {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String KEY = "{jobs}:workers";

    private final StringRedisTemplate redis;
    private final JsonMapper json = new JsonMapper();
    private final InstantSource clock;

    public WorkerHeartbeats(StringRedisTemplate redis) {
        this(redis, new RedisClock(redis));
    }

    WorkerHeartbeats(StringRedisTemplate redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Stores a heartbeat, and removes those that are too old or cannot be read. */
    public void send(WorkerHeartbeat heartbeat) {
        HashOperations<String, String, String> hash = redis.opsForHash();
        Instant now = clock.instant();
        boolean written = UnreadableKeys.orElse(false, KEY, () -> put(heartbeat, now));
        if (!written) {
            redis.delete(KEY);
            put(heartbeat, now);
        }
        redis.expire(KEY, Duration.ofDays(1));
        hash.entries(KEY).forEach((name, text) -> {
            if (read(text, now).isEmpty()) {
                hash.delete(KEY, name);
            }
        });
    }

    private boolean put(WorkerHeartbeat heartbeat, Instant now) {
        redis.opsForHash().put(KEY, heartbeat.name(), json.writeValueAsString(heartbeat.seenAt(now)));
        return true;
    }

    /** Removes a worker that stops. */
    public void remove(String name) {
        redis.opsForHash().delete(KEY, name);
    }

    /** The running workers, by name. */
    public List<WorkerHeartbeat> running() {
        Instant now = clock.instant();
        List<String> heartbeats = UnreadableKeys.orElse(
                List.of(), KEY, () -> redis.<String, String>opsForHash().values(KEY));
        return heartbeats.stream()
                .flatMap(text -> read(text, now).stream())
                .sorted(Comparator.comparing(WorkerHeartbeat::name))
                .toList();
    }

    /** Empty for a worker that is gone, and for text of another version that cannot be read. */
    private Optional<WorkerHeartbeat> read(String text, Instant now) {
        try {
            WorkerHeartbeat heartbeat = json.readValue(text, WorkerHeartbeat.class);
            return isWhole(heartbeat) && !heartbeat.seen().isBefore(now.minus(TIMEOUT))
                    ? Optional.of(heartbeat)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(@Nullable WorkerHeartbeat heartbeat) {
        return heartbeat != null
                && Stream.of(heartbeat.name(), heartbeat.ytDlp(), heartbeat.ffmpeg(), heartbeat.seen())
                        .allMatch(Objects::nonNull);
    }
}
