package youtubemp3.chaos;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.springframework.boot.convert.DurationStyle;
import youtubemp3.jobs.JobSettings.Broker;

/**
 * The plan of a run. Runs with the same seed submit the same videos and choose among the same processes in the same order; the
 * activity of each process at that moment is random.
 *
 * @param jobs how many submissions must be accepted with 201
 * @param time how long jobs are submitted, and processes killed
 * @param killEvery the interval between signals
 * @param workers how many workers there are
 * @param appendfsync when Redis synchronizes its file to disk, {@code always} or {@code everysec}
 * @param broker what carries the queue; RabbitMQ is killed as well if it does
 */
record Plan(int jobs, Duration time, Duration killEvery, int workers, String appendfsync, Broker broker, long seed) {

    /** The plan in the properties {@code chaos.*}. */
    static Plan ofProperties() {
        return new Plan(
                Integer.getInteger("chaos.jobs", 500),
                DurationStyle.detectAndParse(System.getProperty("chaos.minutes", "10"), ChronoUnit.MINUTES),
                DurationStyle.detectAndParse(System.getProperty("chaos.kill-every", "5s")),
                Integer.getInteger("chaos.workers", 3),
                System.getProperty("chaos.appendfsync", "always"),
                Broker.valueOf(System.getProperty("chaos.broker", "redis").toUpperCase(Locale.ROOT)),
                anySeed());
    }

    /** The property {@code chaos.seed}, or a random seed. */
    static long anySeed() {
        return Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
    }
}
