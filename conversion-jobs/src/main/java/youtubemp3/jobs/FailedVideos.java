package youtubemp3.jobs;

import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Videos that cannot be converted, whoever asks: {@code vf_<video id>} is the failure's kind and reason, a blank between
 * them. Remembered for a while only, since a private video may be published.
 */
public class FailedVideos {

    private final StringRedisTemplate redis;
    private final JobSettings settings;

    public FailedVideos(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** Why this video cannot be converted; empty where that is not known. */
    public Optional<Failure> find(VideoId video) {
        String text = redis.opsForValue().get(key(video));
        if (text == null || text.indexOf(' ') < 0) {
            return Optional.empty();
        }
        int blank = text.indexOf(' ');
        return Optional.of(new Failure(text.substring(0, blank), text.substring(blank + 1)));
    }

    public void remember(VideoId video, Failure failure) {
        redis.opsForValue().set(key(video), failure.kind() + " " + failure.reason(), settings.rememberFailed());
    }

    private static String key(VideoId video) {
        return "vf_" + video.value();
    }
}
