package youtubemp3.jobs.youtube;

import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.UnreadableKeys;

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
        Optional<String> text = UnreadableKeys.orElse(
                Optional.empty(),
                key(video),
                () -> Optional.ofNullable(redis.opsForValue().get(key(video))));
        return text.filter(known -> known.indexOf(' ') >= 0).map(FailedVideos::read);
    }

    private static Failure read(String text) {
        int blank = text.indexOf(' ');
        return new Failure(text.substring(0, blank), text.substring(blank + 1));
    }

    public void remember(VideoId video, Failure failure) {
        redis.opsForValue().set(key(video), failure.kind() + " " + failure.reason(), settings.rememberFailed());
    }

    private static String key(VideoId video) {
        return "vf_" + video.value();
    }
}
