package youtubemp3.jobs.youtube;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.VideoId;

/**
 * Caches facts about videos in Redis: {@code ve_<video id>} is {@code 200} for a video that exists and {@code 404} for one that does
 * not, {@code vf_<video id>} is the failure of a video that cannot be converted, as JSON. The entries expire, since a video may be
 * published or removed.
 */
public class KnownVideos {

    /**
     * The known facts about a video. A value that cannot be read counts as unknown.
     *
     * @param exists whether the video exists; null if unknown
     * @param failure why the video cannot be converted; null if unknown
     */
    public record KnownVideo(
            @Nullable Boolean exists, @Nullable Failure failure) {}

    private static final String EXISTS = "200";
    private static final String MISSING = "404";

    private static final Duration REMEMBER_EXISTING = Duration.ofHours(24);
    private static final Duration REMEMBER_MISSING = Duration.ofHours(1);

    private static final JsonMapper JSON = new JsonMapper();

    private final StringRedisTemplate redis;
    private final JobSettings settings;

    public KnownVideos(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /**
     * Reads all facts about a video, in one command.
     *
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public KnownVideo find(VideoId video) {
        List<@Nullable String> values = Objects.requireNonNullElse(
                redis.opsForValue().multiGet(List.of("ve_" + video, "vf_" + video)), Arrays.asList(null, null));
        return new KnownVideo(existence(values.get(0)), failure(values.get(1)));
    }

    /** Remembers whether a video exists: for a day, or for an hour if it does not. */
    public void remember(VideoId video, boolean exists) {
        redis.opsForValue()
                .set("ve_" + video, exists ? EXISTS : MISSING, exists ? REMEMBER_EXISTING : REMEMBER_MISSING);
    }

    /** Remembers why a video cannot be converted, for {@link JobSettings#rememberFailed}. */
    public void remember(VideoId video, Failure failure) {
        redis.opsForValue().set("vf_" + video, JSON.writeValueAsString(failure), settings.rememberFailed());
    }

    private static @Nullable Boolean existence(@Nullable String value) {
        if (EXISTS.equals(value)) {
            return true;
        }
        return MISSING.equals(value) ? false : null;
    }

    /** The first edition stored the kind and its sentence, with a blank between them. */
    private static @Nullable Failure failure(@Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.startsWith("{")) {
            return failureInJson(value);
        }
        int blank = value.indexOf(' ');
        return blank < 0 ? null : Failure.ofSentence(value.substring(0, blank), value.substring(blank + 1));
    }

    private static @Nullable Failure failureInJson(String value) {
        try {
            Failure failure = JSON.readValue(value, Failure.class);
            return failure.kind() == null || failure.arguments() == null ? null : failure;
        } catch (JacksonException e) {
            return null;
        }
    }
}
