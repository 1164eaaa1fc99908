package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import youtubemp3.jobs.Trim;

class LengthLimitsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final LengthLimits WHOLE = new LengthLimits(Duration.ofHours(3), Trim.NONE);
    private static final LengthLimits PART =
            new LengthLimits(Duration.ofHours(3), new Trim(Duration.ofMinutes(10), Duration.ofMinutes(30)));

    @Test
    void thePartMayBeNoLongerThanAskedFor() {
        assertThat(WHOLE.end(HOUR)).isEqualTo(Duration.ofMinutes(70));
        assertThat(PART.end(HOUR)).isEqualTo(Duration.ofMinutes(20));
        assertThat(PART.end(null)).isEqualTo(Duration.ofMinutes(20));
        assertThat(PART.differ(Duration.ofMinutes(20), HOUR)).isFalse();
        assertThat(PART.differ(Duration.ofMinutes(19), HOUR)).isTrue();
        // the end is that of the video
        assertThat(PART.differ(Duration.ofMinutes(15), Duration.ofMinutes(25))).isFalse();
    }

    @Test
    void onlyAnEndThatWasAskedForIsReached() {
        assertThat(PART.isEndReached(Duration.ofMinutes(20).minusMillis(46))).isTrue();
        assertThat(PART.isEndReached(Duration.ofMinutes(20).minusMillis(200))).isFalse();
        assertThat(WHOLE.isEndReached(HOUR)).isFalse();
    }

    @Test
    void whatPrecedesThePartIsWorkToo() {
        assertThat(WHOLE.progress(Duration.ofMinutes(30), 0, HOUR)).isEqualTo(0.5);
        assertThat(WHOLE.progress(Duration.ZERO, 0.5, HOUR)).isZero();
        assertThat(PART.progress(Duration.ZERO, 0.1, HOUR)).isEqualTo(0.2);
        assertThat(PART.progress(Duration.ZERO, 0.9, HOUR)).isEqualTo(1 / 3.0);
        assertThat(PART.progress(Duration.ofMinutes(5), 0.9, HOUR)).isEqualTo(0.5);
        assertThat(PART.progress(Duration.ofMinutes(20), 1, HOUR)).isEqualTo(1);
    }
}
