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
import youtubemp3.jobs.youtube.KnownVideos.KnownVideo;

class KnownVideosTest {

    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");
    private static final KnownVideo UNKNOWN = new KnownVideo(null, null);
    private static final Failure PRIVATE = new Failure("PRIVATE");
    private static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            10,
            JobSettings.Broker.REDIS,
            Duration.ofSeconds(30));

    @Test
    void remembersFactsAboutAVideoForALimitedTime() {
        LettuceConnectionFactory connection = RealRedis.shared().connect();
        try {
            StringRedisTemplate redis = new StringRedisTemplate(connection);
            KnownVideos videos = new KnownVideos(redis, SETTINGS);
            assertThat(videos.find(VIDEO)).isEqualTo(UNKNOWN);
            videos.remember(VIDEO, PRIVATE);
            assertThat(videos.find(VIDEO).failure()).isEqualTo(PRIVATE);
            assertThat(redis.getExpire("vf_dQw4w9WgXcQ")).isBetween(590L, 600L);

            Failure tooLong = new Failure("TOO_LONG", List.of("180"));
            videos.remember(VIDEO, tooLong);
            assertThat(videos.find(VIDEO).failure()).isEqualTo(tooLong);
            redis.opsForValue()
                    .set("vf_dQw4w9WgXcQ", "TOO_LONG This video is longer than 180 minutes, which is the limit here.");
            assertThat(videos.find(VIDEO).failure()).as("of the first edition").isEqualTo(tooLong);
            for (String junk : List.of("", "x", "{}", "{\"kind\":1}", "{\"kind\":\"x\",\"arguments\":5}")) {
                redis.opsForValue().set("vf_dQw4w9WgXcQ", junk);
                assertThat(videos.find(VIDEO).failure()).as(junk).isNull();
                redis.opsForValue().set("ve_dQw4w9WgXcQ", junk);
                assertThat(videos.find(VIDEO)).as(junk).isEqualTo(UNKNOWN);
            }
            redis.delete("ve_dQw4w9WgXcQ");
            redis.opsForList().leftPush("ve_dQw4w9WgXcQ", "200");
            assertThat(videos.find(VIDEO)).as("of another type").isEqualTo(UNKNOWN);

            videos.remember(VIDEO, true);
            assertThat(videos.find(VIDEO).exists()).isTrue();
            assertThat(Duration.ofSeconds(redis.getExpire("ve_dQw4w9WgXcQ")))
                    .isBetween(Duration.ofHours(23), Duration.ofHours(24));
            videos.remember(VIDEO, false);
            assertThat(videos.find(VIDEO).exists()).isFalse();
            assertThat(Duration.ofSeconds(redis.getExpire("ve_dQw4w9WgXcQ")))
                    .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        } finally {
            connection.destroy();
        }
    }
}
