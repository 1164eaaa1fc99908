package youtubemp3.web.playlist;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * The jobs that were submitted together, in the key {@code batch:<uuid>}. It lives as long as a finished job, from its last view while
 * one was open.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
@Component
public class Batches {

    private static final String PREFIX = "batch:";

    private static final JsonMapper JSON = new JsonMapper();

    private final StringRedisTemplate redis;
    private final Duration life;

    Batches(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.life = settings.keepFinished();
    }

    /**
     * Jobs that were submitted together.
     *
     * @param title the playlist's title
     * @param jobs their ids, in the order of the playlist
     */
    public record Batch(String title, List<UUID> jobs) {

        public Batch {
            jobs = List.copyOf(jobs);
        }
    }

    /** Stores a batch under a new id, which cannot be guessed. */
    UUID add(Batch batch) {
        UUID id = UUID.randomUUID();
        redis.opsForValue().set(PREFIX + id, JSON.writeValueAsString(batch), life);
        return id;
    }

    /** The batch; empty if there is none, or it has expired. */
    public Optional<Batch> find(UUID id) {
        String key = PREFIX + id;
        Optional<String> value = UnreadableKeys.orElse(
                Optional.empty(),
                key,
                () -> Optional.ofNullable(redis.opsForValue().get(key)));
        try {
            return value.map(json -> JSON.readValue(json, Batch.class));
        } catch (JacksonException | NullPointerException e) {
            // an array may contain null
            UnreadableKeys.warn(key);
            return Optional.empty();
        }
    }

    /** Begins its life anew. */
    void keep(UUID id) {
        redis.expire(PREFIX + id, life);
    }
}
