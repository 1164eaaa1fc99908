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
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * The workers that are there, in the Redis hash {@code {jobs}:workers}: name to report. A worker reports every few seconds;
 * one that has not for a while is gone.
 * When that was is told by Redis' clock: a worker whose own is wrong is there all the same, and hides nobody.
 */
public class WorkerHeartbeats {

    /** Silent for longer than this, a worker counts as gone. */
    private static final Duration GONE = Duration.ofSeconds(30);

    private static final String KEY = "{jobs}:workers";

    private final StringRedisTemplate redis;
    private final JsonMapper json = new JsonMapper();
    private final InstantSource clock;

    public WorkerHeartbeats(StringRedisTemplate redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Says that a worker is there, and forgets those that are gone, or that no one can read. */
    public void report(WorkerHeartbeat report) {
        HashOperations<String, String, String> hash = redis.opsForHash();
        Instant now = clock.instant();
        boolean written = UnreadableKeys.orElse(false, KEY, () -> put(report, now));
        if (!written) {
            redis.delete(KEY);
            put(report, now);
        }
        redis.expire(KEY, Duration.ofDays(1));
        hash.entries(KEY).forEach((name, text) -> {
            if (read(text, now).isEmpty()) {
                hash.delete(KEY, name);
            }
        });
    }

    private boolean put(WorkerHeartbeat report, Instant now) {
        redis.opsForHash().put(KEY, report.name(), json.writeValueAsString(report.seenAt(now)));
        return true;
    }

    /** Says that a worker leaves. */
    public void leave(String name) {
        redis.opsForHash().delete(KEY, name);
    }

    /** The workers that are there, by name. */
    public List<WorkerHeartbeat> present() {
        Instant now = clock.instant();
        List<String> reports = UnreadableKeys.orElse(
                List.of(), KEY, () -> redis.<String, String>opsForHash().values(KEY));
        return reports.stream()
                .flatMap(text -> read(text, now).stream())
                .sorted(Comparator.comparing(WorkerHeartbeat::name))
                .toList();
    }

    /** Empty for one that is gone, and for what another version may have written. */
    private Optional<WorkerHeartbeat> read(String text, Instant now) {
        try {
            WorkerHeartbeat report = json.readValue(text, WorkerHeartbeat.class);
            return isWhole(report) && !report.seen().isBefore(now.minus(GONE)) ? Optional.of(report) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(@Nullable WorkerHeartbeat report) {
        return report != null
                && Stream.of(report.name(), report.ytDlp(), report.ffmpeg(), report.seen())
                        .allMatch(Objects::nonNull);
    }
}
