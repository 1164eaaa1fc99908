package youtubemp3.worker.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    private static final NamePattern DEFAULT = NamePattern.valueOf("%artist%/%album%/%track% %title%");

    @ParameterizedTest
    @CsvSource({
        "Ärzte, Geräusch, 07, Nichts in der Welt, Ärzte/Geräusch/07 Nichts in der Welt",
        "Artist, '', '', Title, Artist/Title",
        "'', '', '', Title, Title",
        "'', '', '', '', _",
        "AC/DC, ../.., 1, a/b, AC-DC/1 a-b",
        "CON, 'x. ', '', '..', _CON/x",
        "$1, \\, '', '%title%', $1/%title%",
    })
    void namesAFileByItsTags(String artist, String album, String track, String title, String path) {
        assertThat(DEFAULT.path(Map.of("artist", artist, "album", album, "track", track, "title", title)))
                .isEqualTo(path);
    }

    @Test
    void aPatternMayHaveOtherTagsAndText() {
        assertThat(NamePattern.valueOf("YouTube/%year%/%title% [%video%]")
                        .path(Map.of("title", "Title", "year", "2024", "video", "dQw4w9WgXcQ")))
                .isEqualTo("YouTube/2024/Title [dQw4w9WgXcQ]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%titel%", "%title%/%artist%", "", "music", "%%title%"})
    void aPatternThatCannotNameFilesIsRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NamePattern.valueOf(text));
    }
}
