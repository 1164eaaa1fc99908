package youtubemp3.jobs.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;

class FailedVideosTest {

    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");
    private static final Failure PRIVATE = new Failure("PRIVATE", "This video is private.");
    private static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            10,
            Duration.ofSeconds(30));

    @Test
    void remembersForAWhileWhyAVideoCannotBeConverted() {
        LettuceConnectionFactory connection = RealRedis.shared().connect();
        try {
            StringRedisTemplate redis = new StringRedisTemplate(connection);
            FailedVideos failed = new FailedVideos(redis, SETTINGS);
            assertThat(failed.find(VIDEO)).isEmpty();
            failed.remember(VIDEO, PRIVATE);
            assertThat(failed.find(VIDEO)).contains(PRIVATE);
            assertThat(redis.getExpire("vf_dQw4w9WgXcQ")).isBetween(590L, 600L);
        } finally {
            connection.destroy();
        }
    }
}
