package youtubemp3.web.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.Chapters;
import youtubemp3.jobs.Cover;
import youtubemp3.jobs.InvalidOptionException;
import youtubemp3.jobs.Mp3Quality;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.TestMessages;

class OutputChoiceTest {

    @Test
    void withoutFieldsTheResultIsTheDefaultWhateverIsListedFirst() {
        OutputChoice choice = choice(List.of("m4a", "mp3"), List.of(), List.of());

        assertThat(choice.of(Map.of())).isEqualTo(OutputOptions.DEFAULT);
        assertThat(OutputOptions.FIELDS.stream().filter(choice::offers)).containsExactly("format");
    }

    @Test
    void withOneFormatAndNothingElseThereIsNoChoice() {
        OutputChoice choice = choice(List.of("mp3"), List.of(), List.of());

        assertThat(OutputOptions.FIELDS).noneMatch(choice::offers);
    }

    @Test
    void whatAppliesToMp3AloneIsNotOfferedWithoutIt() {
        OutputChoice choice = choice(List.of("opus"), List.of("320"), List.of("normalize", "cover"));

        assertThat(OutputOptions.FIELDS.stream().filter(choice::offers)).containsExactly("cover");
    }

    @Test
    void everyOptionIsOfferedBySomeSetting() {
        OutputChoice choice =
                choice(List.of("mp3", "opus"), List.of("320"), List.of("normalize", "trim", "chapters", "cover"));

        assertThat(OutputOptions.FIELDS).allMatch(choice::offers);
    }

    @Test
    void aSettingThatIsNotKnownIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(List.of("mp3", "flac"), List.of(), List.of()))
                .withMessage("youtubemp3.output.formats has flac");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(List.of("mp3"), List.of("321"), List.of()))
                .withMessage("youtubemp3.output.qualities has 321");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(List.of("mp3"), List.of(), List.of("from")))
                .withMessage("youtubemp3.output.options has from");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasASentence(InvalidOptionException.Reason reason) {
        assertThat(TestMessages.load().getMessage(InvalidChoiceException.message("any", reason.name())))
                .endsWith(".");
    }

    /** As templates/home/index.html asks for them. */
    @ParameterizedTest
    @MethodSource
    void everyChoiceHasALabel(String key) {
        assertThat(TestMessages.load().getMessage(key)).isNotBlank();
    }

    static Stream<String> everyChoiceHasALabel() {
        return Stream.of(
                        Stream.of(AudioFormat.values())
                                .flatMap(format -> Stream.of(
                                        "page.options.format." + format.text(), "file." + format.extension())),
                        Stream.of("file.zip"),
                        Stream.of(Mp3Quality.values()).map(quality -> "page.options.quality." + quality.text()),
                        Stream.of(Chapters.values()).map(chapters -> "page.options.chapters." + chapters.text()),
                        Stream.of(Cover.values()).map(cover -> "page.options.cover." + cover.text()))
                .flatMap(keys -> keys);
    }

    private static OutputChoice choice(List<String> formats, List<String> qualities, List<String> options) {
        return new OutputChoice(new OutputSettings(formats, qualities, options));
    }
}
