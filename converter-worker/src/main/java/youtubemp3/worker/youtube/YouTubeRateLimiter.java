package youtubemp3.worker.youtube;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;
import youtubemp3.worker.WorkerSettings;

/** Limits how often all workers together ask YouTube for a video: per hour, and with a minimum interval between two. */
@Component
class YouTubeRateLimiter {

    /** The longest single wait, so that a changed setting applies soon. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    private final RateLimits limits;
    private final int maxVideosPerHour;
    private final Duration minInterval;
    private final RandomGenerator random = RandomGenerator.getDefault();

    @Autowired
    YouTubeRateLimiter(RateLimits limits, WorkerSettings settings) {
        this(limits, settings.maxVideosPerHour(), settings.minInterval());
    }

    YouTubeRateLimiter(RateLimits limits, int maxVideosPerHour, Duration minInterval) {
        this.limits = limits;
        this.maxVideosPerHour = maxVideosPerHour;
        this.minInterval = minInterval;
    }

    /**
     * Waits until the next video may be asked for.
     *
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    void acquire() throws InterruptedException {
        // a burst of a fifth, and the rest spread over the hour, add up to at most the maximum in any hour
        int burst = Math.max(1, maxVideosPerHour / 5);
        take("limit:videos", new Limit(burst, Math.max(1, maxVideosPerHour - burst), Duration.ofHours(1)));
        if (!minInterval.isZero()) {
            // half as much again, since the jitter below shortens the interval to the next start
            take("limit:interval", Limit.of(1, minInterval.multipliedBy(3).dividedBy(2)));
            TimeUnit.MILLISECONDS.sleep(random.nextLong(minInterval.toMillis() / 2 + 1));
        }
    }

    private void take(String key, Limit limit) throws InterruptedException {
        Optional<Duration> wait = limits.take(key, limit);
        while (wait.isPresent()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(wait.get().toNanos(), POLL_INTERVAL.toNanos()));
            wait = limits.take(key, limit);
        }
    }
}
