package youtubemp3.worker.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often, and after how long, a failed job is tried again.
 *
 * @param retries how many attempts may follow the first
 * @param patience the first wait, in multiples of the shortest
 */
record RetryPolicy(int retries, int patience) {

    static final RetryPolicy NEVER = new RetryPolicy(0, 0);
    static final RetryPolicy ONCE = new RetryPolicy(1, 3);
    static final RetryPolicy TWICE = new RetryPolicy(2, 1);
    static final RetryPolicy SOON = new RetryPolicy(3, 1);
    static final RetryPolicy LATER = new RetryPolicy(3, 60);

    /**
     * The wait before the next attempt: twice as long each time, less up to a half by chance, so that jobs that failed
     * together do not all come back together. Empty when there shall be none.
     *
     * @param attempt the attempt that has failed, from 1
     */
    Optional<Duration> delay(int attempt, Duration shortest, RandomGenerator random) {
        if (attempt > retries) {
            return Optional.empty();
        }
        double factor = patience * (double) (1L << (attempt - 1)) * (1 - random.nextDouble() / 2);
        return Optional.of(Duration.ofMillis((long) (shortest.toMillis() * factor)));
    }
}
