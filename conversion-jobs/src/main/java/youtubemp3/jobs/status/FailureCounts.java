package youtubemp3.jobs.status;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * How many jobs have ended as FAILED so far, by kind of failure, in the Redis hash {@code {jobs}:failures}. {@link JobStatuses} counts
 * them in the script that writes the status, so each job counts once.
 */
public class FailureCounts {

    static final String KEY = "{jobs}:failures";

    private static final Pattern KIND = Pattern.compile("[A-Z_]{1,40}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final StringRedisTemplate redis;

    public FailureCounts(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** A Lua function, to be put before a script that ends a job. A value of another type under the key is replaced. */
    static String countFunction() {
        return """
                local function count_failure(failures, kind)
                  if type(redis.pcall('HINCRBY', failures, kind, 1)) ~= 'table' then return end
                  redis.call('DEL', failures)
                  redis.call('HSET', failures, kind, 1)
                end
                """;
    }

    /**
     * The numbers by kind. A field that is not a kind with a number is left out.
     *
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public Map<String, Long> find() {
        Map<String, String> stored = UnreadableKeys.orElse(
                Map.of(), KEY, () -> redis.<String, String>opsForHash().entries(KEY));
        Map<String, Long> counts = new HashMap<>();
        stored.forEach((kind, count) -> {
            if (KIND.matcher(kind).matches() && NUMBER.matcher(count).matches()) {
                counts.put(kind, Long.valueOf(count));
            }
        });
        return counts;
    }
}
