package youtubemp3.worker.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;

/** Tests the limits with workers that ask continuously. */
class YouTubeRateLimiterTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** The limits of one attempt. */
    private static List<Limit> limits(int maxVideosPerHour, Duration minInterval) throws InterruptedException {
        List<Limit> asked = new ArrayList<>();
        RateLimits limits = new RateLimits(new StringRedisTemplate()) {
            @Override
            public Optional<Duration> take(String key, Limit limit) {
                asked.add(limit);
                return Optional.empty();
            }
        };
        new YouTubeRateLimiter(limits, maxVideosPerHour, minInterval).acquire();
        return asked;
    }

    /** The times at which continuous workers pass an unused limit: a burst, then one in each interval. */
    private static List<Duration> taken(Limit limit, Duration time) {
        Duration interval = limit.period().dividedBy(limit.count());
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> interval.multipliedBy(Math.max(0, i + 1 - limit.burst())))
                .takeWhile(moment -> moment.compareTo(time) < 0)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 250, 1000})
    void admitsAtMostTheMaximumInAnyHour(int videosAnHour) throws Exception {
        List<Duration> taken = taken(limits(videosAnHour, Duration.ZERO).get(0), HOUR.multipliedBy(3));

        Deque<Duration> lastHour = new ArrayDeque<>();
        int most = 0;
        for (Duration moment : taken) {
            lastHour.addLast(moment);
            while (moment.minus(lastHour.getFirst()).compareTo(HOUR) >= 0) {
                lastHour.removeFirst();
            }
            most = Math.max(most, lastHour.size());
        }
        assertThat(most).isBetween(1, videosAnHour);
        assertThat(taken).as("close to the maximum").hasSizeGreaterThanOrEqualTo(videosAnHour * 3 / 2);
    }

    /** Jitter delays a start by up to half an interval, which shortens the interval to the next start. */
    @Test
    void keepsTheMinimumIntervalDespiteTheJitter() throws Exception {
        Duration gap = Duration.ofMillis(20);
        List<Duration> taken = taken(limits(250, gap).get(1), Duration.ofSeconds(1));

        assertThat(taken).hasSizeGreaterThan(10);
        for (int i = 1; i < taken.size(); i++) {
            assertThat(taken.get(i).minus(taken.get(i - 1)).minus(gap.dividedBy(2)))
                    .isGreaterThanOrEqualTo(gap);
        }
    }
}
