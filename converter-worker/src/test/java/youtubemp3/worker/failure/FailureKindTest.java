package youtubemp3.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.jobs.Failure;

class FailureKindTest {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final RandomGenerator RANDOM = new Random(1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERROR: [youtube] x: Private video. Sign in if you've been granted access | PRIVATE
            ERROR: [youtube] x: Sign in to confirm your age. This video may be inappropriate | AGE_RESTRICTED
            ERROR: [youtube] x: Sign in to confirm you’re not a bot. Use --cookies | BOT_CHECK
            ERROR: [youtube] x: Sign in to confirm you're not a bot. Use --cookies | BOT_CHECK
            YouTube said: captcha challenge | BOT_CHECK
            YouTube said: CAPTCHA CHALLENGE, İ | BOT_CHECK
            ERROR: PRİVATE VİDEO | PRIVATE
            Your IP is likely being blocked by YouTube | BOT_CHECK
            ERROR: Video unavailable. This content isn't available, try again later | RATE_LIMITED
            The current session has been rate-limited by YouTube | RATE_LIMITED
            WARNING: HTTP Error 429: Too Many Requests; ERROR: No video formats found! | RATE_LIMITED
            Resource has been exhausted (e.g. check quota) | RATE_LIMITED
            ERROR: Join this channel to get access to members-only content | MEMBERS_ONLY
            This video is available to this channel’s members on level | MEMBERS_ONLY
            This video requires payment to watch | MEMBERS_ONLY
            This video is only available to Music Premium members | MEMBERS_ONLY
            ERROR: Video unavailable. The uploader has not made this video available in your country | REGION_BLOCKED
            ERROR: Premieres in 5 hours | NOT_STARTED
            ERROR: This live event will begin in 3 hours. | NOT_STARTED
            ERROR: We're processing this video. Check back later. | PROCESSING
            ERROR: This video is DRM protected | PROTECTED
            ERROR: This live stream recording is not available. | UNAVAILABLE
            ERROR: Video unavailable | UNAVAILABLE
            ERROR: This video has been removed for violating | UNAVAILABLE
            ERROR: This video is no longer available | UNAVAILABLE
            who has blocked it on copyright grounds | UNAVAILABLE
            ERROR: Incomplete YouTube ID x. URL looks truncated. | INVALID_LINK
            ERROR: No suitable extractor (youtube) found for URL | INVALID_LINK
            OSError: [Errno 28] No space left on device | DISK_FULL
            ERROR: ffprobe and ffmpeg not found | MISCONFIGURED
            [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed | MISCONFIGURED
            Failed to resolve 'www.youtube.com' | NETWORK
            <urlopen error [Errno -2] Name or service not known> | NETWORK
            [Errno 111] Connection refused | NETWORK
            Unable to connect to proxy | NETWORK
            The read operation timed out; ERROR: No video formats found! | NETWORK
            1024 bytes read, 2048 more expected | NETWORK
            Downloaded 10 bytes, expected 20 bytes | NETWORK
            HTTP Error 503: Service Unavailable | NETWORK
            ERROR: unable to download video data: HTTP Error 403: Forbidden | FORBIDDEN
            missing a URL; ERROR: Requested format is not available | NO_FORMATS
            ERROR: No video formats found! | NO_FORMATS
            ERROR: Failed to extract any player response | NO_FORMATS
            WARNING: n challenge solving failed | NO_FORMATS
            ERROR: fragment 1 not found, unable to continue | BROKEN_DOWNLOAD
            """)
    void classifiesMessages(String said, FailureKind expected) {
        assertThat(FailureKind.of(said)).contains(expected);
        assertThat(FailureKind.of("noise before\n" + said.toUpperCase(java.util.Locale.ROOT) + "\nand after"))
                .contains(expected);
    }

    @Test
    void anUnknownMessageHasNoKind() {
        assertThat(FailureKind.of("ERROR: something never seen before")).isEmpty();
        assertThat(FailureKind.of("")).isEmpty();
    }

    @Test
    void theFailureHasTheLimitAsItsArgument() {
        assertThat(FailureKind.TOO_LONG.failure(Duration.ofMinutes(90)))
                .isEqualTo(new Failure("TOO_LONG", List.of("PT1H30M")));
        assertThat(FailureKind.PRIVATE.failure(Duration.ofMinutes(90))).isEqualTo(new Failure("PRIVATE"));
    }

    @Test
    void failuresOfTheVideoAreNeverRetried() {
        assertThat(FailureKind.PRIVATE.delay(1, SHORTEST, RANDOM)).isEmpty();
        assertThat(FailureKind.PRIVATE.isVideoFault()).isTrue();
        assertThat(FailureKind.MISCONFIGURED.isVideoFault()).isFalse();
        assertThat(FailureKind.NETWORK.isVideoFault()).isFalse();
    }

    @Test
    void temporaryFailuresAreRetriedThreeTimesWithDoublingDelays() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            Duration longest = SHORTEST.multipliedBy(1L << (attempt - 1));
            for (int i = 0; i < 100; i++) {
                assertThat(FailureKind.NETWORK.delay(attempt, SHORTEST, RANDOM))
                        .hasValueSatisfying(delay -> assertThat(delay).isBetween(longest.dividedBy(2), longest));
            }
        }
        assertThat(FailureKind.NETWORK.delay(4, SHORTEST, RANDOM)).isEmpty();
    }

    @Test
    void aForbiddenVideoIsRetriedOnceAndARateLimitMuchLater() {
        assertThat(FailureKind.FORBIDDEN.delay(1, SHORTEST, RANDOM)).isPresent();
        assertThat(FailureKind.FORBIDDEN.delay(2, SHORTEST, RANDOM)).isEmpty();
        assertThat(FailureKind.BOT_CHECK.delay(1, SHORTEST, RANDOM))
                .hasValueSatisfying(delay -> assertThat(delay).isGreaterThanOrEqualTo(Duration.ofMinutes(5)));
    }
}
