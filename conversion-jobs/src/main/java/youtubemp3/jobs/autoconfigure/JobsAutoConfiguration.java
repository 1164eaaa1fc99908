package youtubemp3.jobs.autoconfigure;

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
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.redis.RedisJobConsumer;
import youtubemp3.jobs.queue.redis.RedisJobQueue;
import youtubemp3.jobs.redis.RedisClock;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.FailedVideos;

/** The beans that web and worker import: statuses, reports, limits, and the queue on Redis Streams. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
public class JobsAutoConfiguration {

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
    WorkerHeartbeats workerReports(StringRedisTemplate redis) {
        return new WorkerHeartbeats(redis, new RedisClock(redis));
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
    JobConsumer jobSource(StringRedisTemplate redis, JobSettings settings) {
        return new RedisJobConsumer(redis, settings);
    }
}
