package youtubemp3.jobs;

import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
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

    /** Lettuce's own wait grows to half a minute, by which time the leases of running jobs would be over. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(Delay.constant(Duration.ofSeconds(1)));
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
    WorkerReports workerReports(StringRedisTemplate redis) {
        return new WorkerReports(redis, new RedisClock(redis));
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
