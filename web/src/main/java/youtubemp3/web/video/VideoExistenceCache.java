package youtubemp3.web.video;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.UnreadableKeys;

/** YouTube's recent answers in Redis: {@code ve_<video id>} is {@code 200} for a video that exists, else {@code 404}. */
@Component
class VideoExistenceCache {

    private static final String EXISTS = "200";
    private static final String MISSING = "404";

    /** It may be removed. */
    private static final Duration EXISTING_TTL = Duration.ofHours(24);

    /** It may be published. */
    private static final Duration MISSING_TTL = Duration.ofHours(1);

    private final StringRedisTemplate redis;

    VideoExistenceCache(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Returns whether the video exists; empty without a recent answer. */
    Optional<Boolean> exists(VideoId video) {
        String key = key(video);
        Optional<String> known = UnreadableKeys.orElse(
                Optional.empty(),
                key,
                () -> Optional.ofNullable(redis.opsForValue().get(key)));
        return known.map(VideoExistenceCache::read);
    }

    void remember(VideoId video, boolean exists) {
        redis.opsForValue().set(key(video), exists ? EXISTS : MISSING, exists ? EXISTING_TTL : MISSING_TTL);
    }

    private static @Nullable Boolean read(String value) {
        if (EXISTS.equals(value)) {
            return true;
        }
        return MISSING.equals(value) ? false : null;
    }

    private static String key(VideoId video) {
        return "ve_" + video.value();
    }
}
