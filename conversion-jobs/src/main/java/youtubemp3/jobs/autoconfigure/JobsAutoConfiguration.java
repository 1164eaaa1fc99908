package youtubemp3.jobs.autoconfigure;

import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.status.FailureCounts;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Outbox;
import youtubemp3.jobs.status.Wishes;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.jobs.storage.LocalAudioStore;
import youtubemp3.jobs.storage.StorageSettings;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.KnownVideos;

/** The beans that web and worker share, but for the queue: each broker has a configuration of its own. */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@EnableConfigurationProperties({JobSettings.class, StorageSettings.class})
public class JobsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Lettuce's own delay grows to half a minute, by which time the leases of running jobs would be over. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(Delay.constant(Duration.ofSeconds(1)));
    }

    @Bean
    AudioStore audioStore(StorageSettings settings) {
        return new LocalAudioStore(settings);
    }

    @Bean
    JobStatuses jobStatuses(StringRedisTemplate redis, JobSettings settings) {
        return new JobStatuses(redis, settings);
    }

    @Bean
    Wishes wishes(StringRedisTemplate redis, JobSettings settings) {
        return new Wishes(redis, settings);
    }

    @Bean
    Outbox outbox(StringRedisTemplate redis, JobStatuses statuses) {
        return new Outbox(redis, statuses);
    }

    @Bean
    FailureCounts failureCounts(StringRedisTemplate redis) {
        return new FailureCounts(redis);
    }

    @Bean
    DeadLetters deadLetters(StringRedisTemplate redis, JobQueue queue) {
        return new DeadLetters(redis, queue);
    }

    @Bean
    Retries retries(StringRedisTemplate redis) {
        return new Retries(redis);
    }

    @Bean
    Redeliveries redeliveries(StringRedisTemplate redis) {
        return new Redeliveries(redis);
    }

    @Bean
    KnownVideos knownVideos(StringRedisTemplate redis, JobSettings settings) {
        return new KnownVideos(redis, settings);
    }

    @Bean
    CircuitBreaker circuitBreaker(StringRedisTemplate redis) {
        return new CircuitBreaker(redis);
    }

    @Bean
    Playlists playlists(StringRedisTemplate redis) {
        return new Playlists(redis);
    }

    @Bean
    WorkerHeartbeats workerHeartbeats(StringRedisTemplate redis) {
        return new WorkerHeartbeats(redis);
    }

    @Bean
    RateLimits rateLimits(StringRedisTemplate redis) {
        return new RateLimits(redis);
    }
}
