package youtubemp3.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The workers that are there, in the Redis hash {@code {jobs}:workers}: name to report. A worker reports every few seconds;
 * one that has not for a while is gone.
 */
public class WorkerReports {

    /** Silent for longer than this, a worker counts as gone. */
    private static final Duration GONE = Duration.ofSeconds(30);

    private static final String KEY = "{jobs}:workers";

    private final StringRedisTemplate redis;
    private final JsonMapper json = new JsonMapper();
    private final InstantSource clock;

    public WorkerReports(StringRedisTemplate redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Says that a worker is there, and forgets those that are gone. */
    public void report(WorkerReport report) {
        HashOperations<String, String, String> hash = redis.opsForHash();
        hash.put(KEY, report.name(), json.writeValueAsString(report));
        redis.expire(KEY, Duration.ofDays(1));
        all().stream().filter(this::isGone).forEach(gone -> hash.delete(KEY, gone.name()));
    }

    /** Says that a worker leaves. */
    public void leave(String name) {
        redis.opsForHash().delete(KEY, name);
    }

    /** The workers that are there, by name. */
    public List<WorkerReport> present() {
        return all().stream()
                .filter(report -> !isGone(report))
                .sorted(Comparator.comparing(WorkerReport::name))
                .toList();
    }

    private List<WorkerReport> all() {
        return redis.<String, String>opsForHash().values(KEY).stream()
                .map(text -> json.readValue(text, WorkerReport.class))
                .toList();
    }

    private boolean isGone(WorkerReport report) {
        return report.seen().plus(GONE).isBefore(clock.instant());
    }
}
