package youtubemp3.jobs.queue.redis;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.autoconfigure.JobsAutoConfiguration;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobQueue;

/** Provides the queue on Redis Streams. */
@AutoConfiguration(after = JobsAutoConfiguration.class)
@ConditionalOnProperty(name = "youtubemp3.jobs.broker", havingValue = "redis", matchIfMissing = true)
class RedisQueueAutoConfiguration {

    @Bean
    JobQueue jobQueue(StringRedisTemplate redis) {
        return new RedisJobQueue(redis);
    }

    @Bean
    JobConsumer jobConsumer(StringRedisTemplate redis, JobSettings settings) {
        return new RedisJobConsumer(redis, settings.lease());
    }
}
