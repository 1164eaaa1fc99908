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
 * What stands in Redis under a key of ours and is not ours: an operator's slip, or another version's. It counts as absent, and is
 * told once, without its value, which is a stranger's text.
 */
public final class UnreadableKeys {

    private static final Logger log = LoggerFactory.getLogger(UnreadableKeys.class);

    /** Beyond these, nothing is told any more: keys of strangers could be many. */
    private static final int MOST_TOLD = 1000;

    private static final Set<String> told = ConcurrentHashMap.newKeySet();

    private UnreadableKeys() {}

    /**
     * What Redis has under the key, or the other where the key is of another type than ours.
     *
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
            tell(key);
            return absent;
        }
    }

    /** Warns of a key, once in the life of this process. */
    public static void tell(String key) {
        if (told.size() < MOST_TOLD && told.add(key)) {
            log.warn("What Redis has under {} cannot be read; it counts as absent", key);
        }
    }
}
