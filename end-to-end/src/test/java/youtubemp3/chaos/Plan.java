package youtubemp3.chaos;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.springframework.boot.convert.DurationStyle;

/**
 * What a run is to do. Runs with one seed submit the same videos and choose among the same victims in the same order; what
 * each victim is doing at that moment is left to chance.
 *
 * @param jobs how many answers 201 are wanted
 * @param time how long jobs are submitted, and processes killed
 * @param killEvery a blow so often
 * @param workers how many workers there are
 * @param appendfsync when Redis' file reaches the disk, {@code always} or {@code everysec}
 */
record Plan(int jobs, Duration time, Duration killEvery, int workers, String appendfsync, long seed) {

    /** As the properties {@code chaos.*} say. */
    static Plan ofProperties() {
        return new Plan(
                Integer.getInteger("chaos.jobs", 500),
                DurationStyle.detectAndParse(System.getProperty("chaos.minutes", "10"), ChronoUnit.MINUTES),
                DurationStyle.detectAndParse(System.getProperty("chaos.kill-every", "5s")),
                Integer.getInteger("chaos.workers", 3),
                System.getProperty("chaos.appendfsync", "always"),
                anySeed());
    }

    /** As the property {@code chaos.seed} says, else any. */
    static long anySeed() {
        return Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
    }
}
