package youtubemp3.web.video;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.UnreadableKeys;

/** What YouTube said lately, in Redis: {@code ve_<video id>} is {@code 200} for a video that exists and {@code 404} for one that does not. */
@Component
class VideoExistenceCache {

    private static final String EXISTS = "200";
    private static final String MISSING = "404";

    private final StringRedisTemplate redis;
    private final VideoSettings settings;

    VideoExistenceCache(StringRedisTemplate redis, VideoSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** Whether the video exists; empty where nobody asked lately. */
    Optional<Boolean> exists(VideoId video) {
        String key = key(video);
        Optional<String> known = UnreadableKeys.orElse(
                Optional.empty(),
                key,
                () -> Optional.ofNullable(redis.opsForValue().get(key)));
        return known.map(VideoExistenceCache::read);
    }

    void remember(VideoId video, boolean exists) {
        redis.opsForValue()
                .set(
                        key(video),
                        exists ? EXISTS : MISSING,
                        exists ? settings.rememberExisting() : settings.rememberMissing());
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
