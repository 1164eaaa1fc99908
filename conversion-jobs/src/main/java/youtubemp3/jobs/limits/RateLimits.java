package youtubemp3.jobs.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RedisClock;

/**
 * Token buckets in Redis, one a key, that all processes share. They go by Redis' own clock: one process whose clock runs
 * ahead would otherwise stop all the others. A key lives until its bucket would be full again.
 */
public class RateLimits implements DisposableBean {

    /** For some round trips to a Redis that is slow, and not for one that is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LettuceConnectionFactory connections;
    private final TimeMeter clock;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private @Nullable ProxyManager<String> buckets;

    public RateLimits(LettuceConnectionFactory connections) {
        this.connections = connections;
        this.clock = new Meter(new RedisClock(new StringRedisTemplate(connections)));
    }

    /**
     * Takes one token.
     *
     * @param key the bucket's key in Redis; it names the limits too, since a bucket keeps those that it was made with
     * @param limits what a new bucket is made with
     * @return empty when there was a token, else how long it will take until there is one
     * @throws DataAccessException when Redis cannot be reached
     */
    public Optional<Duration> take(String key, BucketConfiguration limits) {
        try {
            ConsumptionProbe probe =
                    buckets().builder().build(key, () -> limits).tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RedisSystemException("the rate limit cannot be asked", e);
        }
    }

    /** Connected at the first use, as the application is to start while Redis is away. */
    private synchronized ProxyManager<String> buckets() {
        if (buckets == null) {
            RedisClient client = (RedisClient) connections.getRequiredNativeClient();
            connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
            buckets = Bucket4jLettuce.casBasedBuilder(connection)
                    .clientClock(clock)
                    .requestTimeout(PATIENCE)
                    .expirationAfterWrite(
                            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                    .build();
        }
        return buckets;
    }

    @Override
    public synchronized void destroy() {
        // the factory may have closed it before, with its client
        if (connection != null && connection.isOpen()) {
            connection.close();
        }
    }

    private record Meter(RedisClock redis) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MICROSECONDS.toNanos(redis.micros());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
