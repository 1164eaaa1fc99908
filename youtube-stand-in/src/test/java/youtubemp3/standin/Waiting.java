package youtubemp3.standin;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition, within a limit. */
final class Waiting {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Waiting() {}

    static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so within " + LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
