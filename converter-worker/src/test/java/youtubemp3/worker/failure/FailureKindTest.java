package youtubemp3.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureKindTest {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final RandomGenerator RANDOM = new Random(1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERROR: [youtube] x: Private video. Sign in if you've been granted access | PRIVATE
            ERROR: [youtube:tab] x: YouTube said: This playlist is private | PLAYLIST_PRIVATE
            ERROR: [youtube:tab] x: YouTube said: The playlist does not exist. | PLAYLIST_MISSING
            The channel/playlist does not exist and the URL redirected to youtube.com home page | PLAYLIST_MISSING
            ERROR: [youtube:tab] x: Failed to resolve url (does the playlist exist?) | PLAYLIST_MISSING
            ERROR: [youtube:tab] x: YouTube said: This playlist type is unviewable. | PLAYLIST_UNVIEWABLE
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
            ERROR: Incomplete YouTube ID x. URL looks truncated. | MISCONFIGURED
            ERROR: No suitable extractor (youtube) found for URL mweb | MISCONFIGURED
            ERROR: Unable to handle request: Unsupported proxy type: "nonsense" (urllib) | MISCONFIGURED
            ValueError: Invalid plugin directory: /plugins | MISCONFIGURED
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
            ERROR: [youtube] x: Unable to download API page: HTTP Error 400: Bad Request (caused by …) | NO_FORMATS
            ERROR: [youtube] x: An extractor error has occurred. (caused by KeyError('x')); please report this issue | NO_FORMATS
            ERROR: fragment 1 not found, unable to continue | BROKEN_DOWNLOAD
            ERROR: [youtube] x: The page needs to be reloaded.. The page needs to be reloaded. | CLIENT_REJECTED
            Video unavailable. Playback on other websites has been disabled by the video owner | CLIENT_REJECTED
            The following content is not available on this app. Watch on the latest version of YouTube. | CLIENT_REJECTED
            YouTube is no longer supported in this application or device | CLIENT_REJECTED
            ERROR: [youtube] x: This video is unavailable. Error code: 152 - 18 | CLIENT_REJECTED
            ERROR: [youtube] x: This video is not available | UNAVAILABLE
            ERROR: [youtube] x: This video is unavailable | UNAVAILABLE
            ERROR: [youtube] x: Video unavailable. This content isn’t available. | UNAVAILABLE
            ERROR: [youtube] x: The account associated with this video has been terminated | UNAVAILABLE
            This video contains content from SME, who has blocked it in your country on copyright grounds | REGION_BLOCKED
            ERROR: [youtube] x: This live event has ended. | LIVE_ENDED
            ERROR: [youtube] x: Please sign in. Use --cookies-from-browser or --cookies | SIGN_IN_REQUIRED
            ERROR: [youtube] x: Get the best YouTube experience. Sign in to save videos | SIGN_IN_REQUIRED
            ERROR: [youtube] x: Premiere will begin shortly | NOT_STARTED
            ERROR: [youtube] x: This live stream will begin in a few moments. | NOT_STARTED
            ERROR: [youtube] x: Join this channel to get access to perks | MEMBERS_ONLY
            Our systems have detected unusual traffic from your computer network | BOT_CHECK
            ERROR: unable to download video data: [Errno 104] Connection reset by peer | NETWORK
            ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response')) | NETWORK
            <urlopen error [Errno -3] Temporary failure in name resolution> | NETWORK
            <urlopen error [Errno -5] No address associated with hostname> | NETWORK
            Failed to establish a new connection: [Errno 101] Network is unreachable | NETWORK
            <urlopen error [Errno 113] No route to host> | NETWORK
            <urlopen error [Errno 99] Cannot assign requested address> | NETWORK
            [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1007) | NETWORK
            EOF occurred in violation of protocol (_ssl.c:997) | NETWORK
            <urlopen error TLS/SSL connection has been closed (EOF) (_ssl.c:992)> | NETWORK
            [download] Got error: HTTP Error 404: Not Found. Giving up after 5 retries | NETWORK
            [SSL: WRONG_VERSION_NUMBER] wrong version number | NETWORK
            Tunnel connection failed: 502 Bad Gateway | NETWORK
            ERROR: unable to download video data: HTTP Error 400: Bad Request | NETWORK
            ERROR: unable to download video data: HTTP Error 404: Not Found | NETWORK
            ERROR: Did not get any data blocks | NETWORK
            ERROR: The downloaded file is empty | NETWORK
            ERROR: unable to write data: [Errno 122] Disk quota exceeded | DISK_FULL
            ERROR: unable to open for writing: [Errno 13] Permission denied: '-.part' | STORAGE_FAILED
            sound.mp3: Read-only file system | STORAGE_FAILED
            Tunnel connection failed: 407 Proxy Authentication Required | MISCONFIGURED
            Unable to handle request: Unsupported proxy type: "socks6" | MISCONFIGURED
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
        // yt-dlp only warns of a possible 403
        assertThat(FailureKind.of("formats are skipped as they may yield HTTP Error 403. See the wiki"))
                .isEmpty();
        // of one video, not of this server
        assertThat(FailureKind.of("ERROR: [youtube] x: An error occurred. Please try again later."))
                .isEmpty();
        // ffmpeg has ended, for a reason of its own
        assertThat(FailureKind.of("ERROR: unable to download video data: [Errno 32] Broken pipe"))
                .isEmpty();
    }

    @Test
    void failuresOfTheVideoAreNeverRetried() {
        assertThat(FailureKind.PRIVATE.delay(1, SHORTEST, RANDOM)).isEmpty();
        assertThat(FailureKind.PRIVATE.isVideoFault()).isTrue();
        assertThat(FailureKind.MISCONFIGURED.isVideoFault()).isFalse();
        assertThat(FailureKind.NETWORK.isVideoFault()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "NO_FORMATS", "CLIENT_REJECTED", "YOUTUBE_MESSAGE"})
    void aFailureThatAnUpdateOfYtDlpMayMendOpensTheCircuitWhenItRepeats(FailureKind kind) {
        assertThat(kind.mayBeServerFault()).isTrue();
        assertThat(kind.isRefusal()).isFalse();
        assertThat(kind.isVideoFault()).isFalse();
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
