package youtubemp3.jobs;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RedisJobQueue;
import youtubemp3.jobs.redis.RedisJobSource;

/** The beans that web and worker import: statuses, reports, limits, and the queue on Redis Streams. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
public class ConversionJobsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    JobStatuses jobStatuses(StringRedisTemplate redis, JobSettings settings) {
        return new JobStatuses(redis, settings);
    }

    @Bean
    FailedVideos failedVideos(StringRedisTemplate redis, JobSettings settings) {
        return new FailedVideos(redis, settings);
    }

    @Bean
    CircuitBreaker circuitBreaker(StringRedisTemplate redis) {
        return new CircuitBreaker(redis);
    }

    @Bean
    WorkerReports workerReports(StringRedisTemplate redis, InstantSource clock) {
        return new WorkerReports(redis, clock);
    }

    @Bean
    RateLimits rateLimits(LettuceConnectionFactory connections) {
        return new RateLimits(connections);
    }

    @Bean
    JobQueue jobQueue(StringRedisTemplate redis, JobSettings settings) {
        return new RedisJobQueue(redis, settings);
    }

    @Bean
    JobSource jobSource(StringRedisTemplate redis, JobSettings settings) {
        return new RedisJobSource(redis, settings);
    }
}
