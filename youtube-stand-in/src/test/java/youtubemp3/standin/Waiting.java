package youtubemp3.standin;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until a condition is true, for at most 20 seconds. */
final class Waiting {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Waiting() {}

    static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the condition is not true after " + LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
