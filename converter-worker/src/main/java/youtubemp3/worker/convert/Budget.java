package youtubemp3.worker.convert;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.RateLimits;
import youtubemp3.worker.system.WorkerSettings;

/** How often YouTube may be asked for a video, by all workers together: so many an hour, and never two at once. */
@Component
class Budget {

    /** However long the wait, a worker that stops or a setting that changed is noticed. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final RateLimits limits;
    private final WorkerSettings settings;
    private final RandomGenerator random = RandomGenerator.getDefault();

    Budget(RateLimits limits, WorkerSettings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    /**
     * Waits until the next video may be asked for.
     *
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    void await() throws InterruptedException {
        int videos = settings.videosAnHour();
        take("limit:videos:" + videos, limit(videos, Duration.ofHours(1)));
        Duration gap = settings.gap();
        if (!gap.isZero()) {
            take("limit:gap:" + gap, limit(1, gap));
            TimeUnit.MILLISECONDS.sleep(random.nextLong(gap.toMillis() / 2 + 1));
        }
    }

    private void take(String key, BucketConfiguration limit) throws InterruptedException {
        Optional<Duration> wait = limits.take(key, limit);
        while (wait.isPresent()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(wait.get().toNanos(), LOOK.toNanos()));
            wait = limits.take(key, limit);
        }
    }

    private static BucketConfiguration limit(int tokens, Duration time) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(tokens)
                        .refillGreedy(tokens, time)
                        .build())
                .build();
    }
}
