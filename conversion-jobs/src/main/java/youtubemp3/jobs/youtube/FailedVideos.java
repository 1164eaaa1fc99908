package youtubemp3.jobs.youtube;

import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * Videos that cannot be converted at all, in Redis: {@code vf_<video id>} is the failure, as JSON. Remembered for a while only, since
 * a private video may be published.
 */
public class FailedVideos {

    private static final JsonMapper JSON = new JsonMapper();

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
        return text.flatMap(FailedVideos::read);
    }

    public void remember(VideoId video, Failure failure) {
        redis.opsForValue().set(key(video), JSON.writeValueAsString(failure), settings.rememberFailed());
    }

    /** The first edition stored the kind and its sentence, with a blank between them. */
    private static Optional<Failure> read(String text) {
        try {
            if (text.startsWith("{")) {
                Failure failure = JSON.readValue(text, Failure.class);
                return failure.kind() == null || failure.arguments() == null ? Optional.empty() : Optional.of(failure);
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        int blank = text.indexOf(' ');
        return blank < 0
                ? Optional.empty()
                : Optional.of(Failure.ofSentence(text.substring(0, blank), text.substring(blank + 1)));
    }

    private static String key(VideoId video) {
        return "vf_" + video.value();
    }
}
