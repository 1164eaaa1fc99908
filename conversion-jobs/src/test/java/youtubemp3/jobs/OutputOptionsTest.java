package youtubemp3.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.jobs.InvalidOptionException.Reason;

class OutputOptionsTest {

    @Test
    void withoutFieldsItIsTheDefault() {
        assertThat(OutputOptions.of(Map.of("video_url", "x", "quality", ""))).isEqualTo(OutputOptions.DEFAULT);
        assertThat(OutputOptions.DEFAULT.fields()).isEqualTo(Map.of("format", "mp3"));
    }

    @Test
    void everyOptionIsReadAndWritten() {
        Map<String, String> fields = Map.of(
                "format", "mp3",
                "quality", "v0",
                "normalize", "true",
                "from", "62.5",
                "to", "3600",
                "chapters", "split",
                "cover", "square",
                "album", "An album, track=2",
                "track", "12");

        OutputOptions options = OutputOptions.of(fields);

        assertThat(options)
                .isEqualTo(new OutputOptions(
                        AudioFormat.MP3,
                        Mp3Quality.VARIABLE_0,
                        true,
                        new Trim(Duration.ofMillis(62_500), Duration.ofHours(1)),
                        Chapters.SPLIT,
                        Cover.SQUARE,
                        new AlbumTrack("An album, track=2", 12)));
        assertThat(options.fields()).isEqualTo(fields);
        assertThat(options.extension()).isEqualTo("zip");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "62.5, 62.5",
        "'62,5', 62.5",
        "90, 90",
        "1:02, 62",
        "01:02.5, 62.5",
        "1:00:00, 3600",
        "100:00:00, 360000",
        "59:59, 3599",
    })
    void aTimeIsReadInSecondsOrWithMinutesAndHours(String text, String seconds) {
        Map<String, String> fields =
                OutputOptions.of(Map.of("to", "999999", "from", text)).fields();

        assertThat(fields.getOrDefault("from", "0")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "format, wav, UNKNOWN",
        "format, MP3, UNKNOWN",
        "quality, 191, UNKNOWN",
        "quality, V0, UNKNOWN",
        "normalize, yes, UNKNOWN",
        "from, -1, UNKNOWN",
        "from, 1:60, UNKNOWN",
        "from, 1:60:00, UNKNOWN",
        "from, 1.25, UNKNOWN",
        "from, ten, UNKNOWN",
        "from, 1:1:1:1, UNKNOWN",
        "to, 0, NOT_AFTER_START",
        "chapters, all, UNKNOWN",
        "cover, round, UNKNOWN",
    })
    void whatCannotBeReadIsRejectedWithItsField(String field, String text, Reason reason) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> OutputOptions.of(Map.of(field, text)))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"quality, 320", "normalize, true"})
    void soundThatIsNotEncodedAgainKeepsItsQualityAndLoudness(String field, String text) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> OutputOptions.of(Map.of("format", "opus", field, text)))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ONLY_MP3));
    }

    @Test
    void thePartEndsAfterItsStart() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> OutputOptions.of(Map.of("from", "10", "to", "10")))
                .satisfies(e -> assertThat(e.field()).isEqualTo("to"));
    }

    @Test
    void aPartIsAsLongAsTheVideoHasOfIt() {
        Duration length = Duration.ofSeconds(100);

        assertThat(Trim.NONE.of(length)).isEqualTo(length);
        assertThat(new Trim(Duration.ofSeconds(30), null).of(length)).isEqualTo(Duration.ofSeconds(70));
        assertThat(new Trim(Duration.ofSeconds(30), Duration.ofSeconds(50)).of(length))
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(new Trim(Duration.ofSeconds(30), Duration.ofSeconds(500)).of(length))
                .isEqualTo(Duration.ofSeconds(70));
        assertThat(new Trim(Duration.ofSeconds(100), null).of(length)).isZero();
    }
}
