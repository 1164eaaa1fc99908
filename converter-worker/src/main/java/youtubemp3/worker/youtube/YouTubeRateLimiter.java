package youtubemp3.worker.youtube;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.worker.WorkerSettings;

/** How often YouTube may be asked for a video, by all workers together: so many in any hour, and never two at once. */
@Component
public class YouTubeRateLimiter {

    /** However long the wait, a worker that stops or a setting that changed is noticed. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final RateLimits limits;
    private final int videosAnHour;
    private final Duration gap;
    private final RandomGenerator random = RandomGenerator.getDefault();

    @Autowired
    public YouTubeRateLimiter(RateLimits limits, WorkerSettings settings) {
        this(limits, settings.videosAnHour(), settings.gap());
    }

    public YouTubeRateLimiter(RateLimits limits, int videosAnHour, Duration gap) {
        this.limits = limits;
        this.videosAnHour = videosAnHour;
        this.gap = gap;
    }

    /**
     * Waits until the next video may be asked for.
     *
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public void await() throws InterruptedException {
        // after a rest a fifth of them, the others over the hour: together never more in any hour
        int atOnce = Math.max(1, videosAnHour / 5);
        take("limit:videos:" + videosAnHour, limit(atOnce, Math.max(1, videosAnHour - atOnce), Duration.ofHours(1)));
        if (!gap.isZero()) {
            // what chance adds to one start it takes from the way to the next, hence the half more
            take("limit:gap:" + gap, limit(1, 1, gap.multipliedBy(3).dividedBy(2)));
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

    private static BucketConfiguration limit(int atOnce, int refilled, Duration time) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(atOnce)
                        .refillGreedy(refilled, time)
                        .build())
                .build();
    }
}
