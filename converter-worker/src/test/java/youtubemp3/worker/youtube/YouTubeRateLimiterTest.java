package youtubemp3.worker.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import youtubemp3.jobs.limits.RateLimits;

/** The limits that the budget asks for, with workers that never rest, on a clock that is moved. */
class YouTubeRateLimiterTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** What one attempt asks for. */
    private static List<BucketConfiguration> limits(int videosAnHour, Duration gap) throws InterruptedException {
        List<BucketConfiguration> asked = new ArrayList<>();
        RateLimits limits = new RateLimits(new LettuceConnectionFactory()) {
            @Override
            public Optional<Duration> take(String key, BucketConfiguration configuration) {
                asked.add(configuration);
                return Optional.empty();
            }
        };
        new YouTubeRateLimiter(limits, videosAnHour, gap).await();
        return asked;
    }

    /** When the tokens are taken that a bucket, full at first, gives in this time. */
    private static List<Duration> taken(BucketConfiguration configuration, Duration time) {
        long[] now = {0};
        Bandwidth limit = configuration.getBandwidths()[0];
        Bucket bucket = Bucket.builder()
                .addLimit(limit)
                .withCustomTimePrecision(new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return now[0];
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                })
                .build();
        List<Duration> taken = new ArrayList<>();
        while (now[0] < time.toNanos()) {
            long wait = bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
            if (wait == 0) {
                taken.add(Duration.ofNanos(now[0]));
            }
            now[0] += wait;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 250, 1000})
    void neverMoreThanTheBudgetInAnyHour(int videosAnHour) throws Exception {
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
        assertThat(taken).as("and little less").hasSizeGreaterThanOrEqualTo(videosAnHour * 3 / 2);
    }

    /** Up to half a gap is added to a start by chance, and so missing before the next. */
    @Test
    void betweenTwoStartsIsTheGapWhateverChanceAdds() throws Exception {
        Duration gap = Duration.ofMillis(20);
        List<Duration> taken = taken(limits(250, gap).get(1), Duration.ofSeconds(1));

        assertThat(taken).hasSizeGreaterThan(10);
        for (int i = 1; i < taken.size(); i++) {
            assertThat(taken.get(i).minus(taken.get(i - 1)).minus(gap.dividedBy(2)))
                    .isGreaterThanOrEqualTo(gap);
        }
    }
}
