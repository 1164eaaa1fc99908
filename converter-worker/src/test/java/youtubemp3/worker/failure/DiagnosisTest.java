package youtubemp3.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.jobs.Failure;

class DiagnosisTest {

    private static final String ERROR = "ERROR: [youtube] abcdefghijk: ";

    private static final String COOKIES =
            "WARNING: [youtube] The provided YouTube account cookies are no longer valid. They have likely been rotated";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WARNING: HTTP Error 429: Too Many Requests | ERROR: [youtube] x: No video formats found! | RATE_LIMITED
            WARNING: The read operation timed out | ERROR: Failed to extract any player response | NETWORK
            WARNING: HTTP Error 403: Forbidden | ERROR: fragment 1 not found, unable to continue | FORBIDDEN
            WARNING: some formats may be missing a URL | ERROR: [youtube] x: Private video | PRIVATE
            WARNING: HTTP Error 429: Too Many Requests | ERROR: [youtube] x: Video unavailable | UNAVAILABLE
            WARNING: HTTP Error 429: Too Many Requests | ERROR: something | RATE_LIMITED
            WARNING: something | pipe:0: Invalid data found when processing input | CONVERSION
            """)
    void anErrorCountsBeforeAWarningUnlessItIsAConsequence(String warning, String error, FailureKind expected) {
        assertThat(Diagnosis.of(warning + "\n" + error)).isEqualTo(new Diagnosis(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            This video is only shown on Tuesdays | This video is only shown on Tuesdays
            YouTube said: Something is odd. | Something is odd.
            An error occurred. Please try again later. | An error occurred. Please try again later.
            '  Odd\u202e\u0007 words  ' | Odd words
            """)
    void anUnknownMessageOfYouTubeIsPassedOn(String message, String expected) {
        String output =
                "WARNING: some formats may be missing a URL\n" + ERROR + message + "\npipe:0: Invalid data found";

        assertThat(Diagnosis.of(output).failure()).isEqualTo(new Failure("YOUTUBE_MESSAGE", List.of(expected)));
    }

    @Test
    void anUnknownMessageAboutAPlaylistIsPassedOn() {
        assertThat(Diagnosis.of("ERROR: [youtube:tab] PLBB231211A4F62143: YouTube said: It is on holiday.")
                        .failure())
                .isEqualTo(new Failure("YOUTUBE_MESSAGE", List.of("It is on holiday.")));
    }

    @Test
    void aLongMessageOfYouTubeIsCut() {
        String message =
                Diagnosis.of(ERROR + "\ud83c\udfb5".repeat(5_000)).arguments().get(0);

        assertThat(message.codePointCount(0, message.length())).isEqualTo(300);
        assertThat(message).endsWith("\ud83c\udfb5");
    }

    @Test
    void whatYtDlpSaysItselfIsNoMessageOfYouTube() {
        assertThat(Diagnosis.of(ERROR + "Unable to download API page: odd (caused by Odd())"))
                .isEqualTo(new Diagnosis(FailureKind.NO_FORMATS));
        assertThat(Diagnosis.of(ERROR + "Odd; please report this issue on https://github.com/yt-dlp/yt-dlp/issues"))
                .isEqualTo(new Diagnosis(FailureKind.NO_FORMATS));
        assertThat(Diagnosis.of("ERROR: Odd")).isEqualTo(new Diagnosis(FailureKind.CONVERSION));
    }

    @Test
    void aBotCheckWithExpiredCookiesIsNamedByItsCause() {
        assertThat(Diagnosis.of(COOKIES + "\n" + ERROR + "Sign in to confirm you’re not a bot"))
                .isEqualTo(new Diagnosis(FailureKind.COOKIES_EXPIRED));
        assertThat(Diagnosis.of(COOKIES + "\n" + ERROR + "Private video"))
                .isEqualTo(new Diagnosis(FailureKind.PRIVATE));
    }
}
