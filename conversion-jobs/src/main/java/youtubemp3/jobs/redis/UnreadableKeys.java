package youtubemp3.jobs.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisSystemException;

/**
 * Treats values that cannot be read, written by another program or version, as absent. It logs each key once, but not its value,
 * which may contain anything.
 */
public final class UnreadableKeys {

    private static final Logger log = LoggerFactory.getLogger(UnreadableKeys.class);

    /** Bounds the memory for the keys that were logged. */
    private static final int MAX_WARNINGS = 1000;

    private static final Set<String> warned = ConcurrentHashMap.newKeySet();

    private UnreadableKeys() {}

    /**
     * Reads a value.
     *
     * @param absent the result if the value has another type
     * @throws DataAccessException when Redis cannot be reached
     */
    public static <T> T orElse(T absent, String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (RedisSystemException e) {
            String reason = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
            if (reason == null || !reason.contains("WRONGTYPE")) {
                throw e;
            }
            warn(key);
            return absent;
        }
    }

    /** Logs a warning for a key, once per process. */
    public static void warn(String key) {
        if (warned.size() < MAX_WARNINGS && warned.add(key)) {
            log.warn("The value of {} in Redis cannot be read; it counts as absent", key);
        }
    }
}
