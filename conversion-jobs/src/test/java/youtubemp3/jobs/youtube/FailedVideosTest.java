package youtubemp3.jobs.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;

class FailedVideosTest {

    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");
    private static final Failure PRIVATE = new Failure("PRIVATE");
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

            Failure tooLong = new Failure("TOO_LONG", List.of("180"));
            failed.remember(VIDEO, tooLong);
            assertThat(failed.find(VIDEO)).contains(tooLong);
            redis.opsForValue()
                    .set("vf_dQw4w9WgXcQ", "TOO_LONG This video is longer than 180 minutes, which is the limit here.");
            assertThat(failed.find(VIDEO)).as("of the first edition").contains(tooLong);
            for (String junk : List.of("", "x", "{}", "{\"kind\":1}", "{\"kind\":\"x\",\"arguments\":5}")) {
                redis.opsForValue().set("vf_dQw4w9WgXcQ", junk);
                assertThat(failed.find(VIDEO)).as(junk).isEmpty();
            }
        } finally {
            connection.destroy();
        }
    }
}
