package youtubemp3.worker.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often and after what delay a failed job is retried.
 *
 * @param retries the maximum number of attempts after the first
 * @param delayFactor the first delay, as a multiple of the shortest
 */
record RetryPolicy(int retries, int delayFactor) {

    static final RetryPolicy NEVER = new RetryPolicy(0, 0);
    static final RetryPolicy ONCE = new RetryPolicy(1, 3);
    static final RetryPolicy TWICE = new RetryPolicy(2, 1);
    static final RetryPolicy SOON = new RetryPolicy(3, 1);
    static final RetryPolicy LATER = new RetryPolicy(3, 60);

    /**
     * The delay before the next attempt: exponential backoff with jitter, which takes off up to a half, so that jobs that failed
     * together are not retried together. Empty when the job is not retried.
     *
     * @param attempt the number of the failed attempt, from 1
     * @param shortest the shortest delay
     */
    Optional<Duration> delay(int attempt, Duration shortest, RandomGenerator random) {
        if (attempt > retries) {
            return Optional.empty();
        }
        double factor = delayFactor * (double) (1L << (attempt - 1)) * (1 - random.nextDouble() / 2);
        return Optional.of(Duration.ofMillis((long) (shortest.toMillis() * factor)));
    }
}
