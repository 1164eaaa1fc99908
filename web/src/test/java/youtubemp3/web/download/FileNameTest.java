package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.AlbumTrack;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;

class FileNameTest {

    private static final UUID JOB = UUID.fromString("c3f044e1-1e66-4a52-be7d-6e344fb6aec6");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Song                   | Singer   | Singer - Song.mp3
            Song                   | ``       | Song.mp3
            ` Song `               | ` `      | Song.mp3
            Song - Live            | Singer   | Singer - Song - Live.mp3
            Singer: Song           | Singer   | Singer - Singer - Song.mp3
            At 12:30 : part 1      | ``       | At 12-30 - part 1.mp3
            Back in Black          | AC/DC    | AC-DC - Back in Black.mp3
            a\\b/c:d*e?f"g<h>i      | x        | x - a-b-c-def'ghi.mp3
            ../../etc/passwd       | ``       | etc-passwd.mp3
            --exec=x               | ``       | exec=x.mp3
            - -. Song              | ``       | Song.mp3
            .hidden                | ``       | hidden.mp3
            CON                    | ``       | _CON.mp3
            nul .feat. x           | ``       | _nul .feat. x.mp3
            com1.live              | ``       | _com1.live.mp3
            Com1c                  | ``       | Com1c.mp3
            NUL                    | CON      | CON - NUL.mp3
            e?́               | ``       | é.mp3
            ` . .. dots . `        | ``       | dots.mp3
            Über “Alles” – Ёлка 🎄 | ``       | Über “Alles” – Ёлка 🎄.mp3
            """)
    void artistAndTitle(String title, String artist, String name) {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, artist))
                        .value())
                .isEqualTo(name);
    }

    @Test
    void theNumberOfATrackPrecedesItsName() {
        OutputOptions third = OutputOptions.DEFAULT.in(new AlbumTrack("Album", 3));

        assertThat(FileName.of(JOB, third, null, new Track("Song", "Singer")).value())
                .isEqualTo("03 Singer - Song.mp3");
    }

    @Test
    void noControlAndNoTurnedWritingButPlainBlanks() {
        String title = "a\u0000\u0085\u009bb\nc\td\u007fe\u202egpj.exe\u2066f\u200bg\u00a0h\u2028i\u3000j|k\ud800";

        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, ""))
                        .value())
                .isEqualTo("ab c degpj.exefg h i j-k.mp3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", " ", "???", "\u202e\u0007", "<>"})
    void theIdWhereNothingRemains(String title) {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, ""))
                        .value())
                .isEqualTo(JOB + ".mp3");
    }

    @Test
    void theIdWhereTheTitleIsNotKnown() {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, null).asAttachment())
                .isEqualTo("attachment; filename=\"" + JOB + ".mp3\"; filename*=UTF-8''" + JOB + ".mp3");
    }

    @Test
    void notLongerThanFileSystemsTake() {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("x".repeat(500), ""))
                        .value())
                .hasSize(154);
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("x".repeat(149) + "🎄", ""))
                        .value())
                .isEqualTo("x".repeat(149) + ".mp3");
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("x".repeat(148) + "🎄", ""))
                        .value())
                .isEqualTo("x".repeat(148) + "🎄.mp3");
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("日".repeat(500), ""))
                        .value())
                .isEqualTo("日".repeat(73) + ".mp3");
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("é".repeat(500), ""))
                        .value())
                .isEqualTo("é".repeat(110) + ".mp3");
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("🎄".repeat(500), ""))
                        .value()
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(224);
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("x".repeat(149) + " y", ""))
                        .value())
                .isEqualTo("x".repeat(149) + ".mp3");
    }

    /** One of 60,000 blanks took half a minute when the time was quadratic, so these took longer than the test. */
    @ParameterizedTest
    @ValueSource(strings = {" ", ".", "-", ":", " :", ": ", " .", "\u0301", "\u200b", "con ", "\u2028"})
    void theTimeIsLinearInTheLength(String repeated) {
        Track track = new Track("x" + repeated.repeat(500_000) + "y", "a" + repeated.repeat(500_000));

        String header = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> FileName.of(JOB, OutputOptions.DEFAULT, null, track).asAttachment());

        assertThat(header).hasSizeLessThan(2000);
    }

    @Test
    void theHeaderHasAPlainNameAndTheTrueOne() {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track("Señor A 100% \"Ёлка\"", "Ärzte"))
                        .asAttachment())
                .isEqualTo(
                        "attachment; filename=\"Arzte - Senor A 100.mp3\"; "
                                + "filename*=UTF-8''%C3%84rzte%20-%20Se%C3%B1or%20A%20100%25%20%27%D0%81%D0%BB%D0%BA%D0%B0%27.mp3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Jóga                     | Björk        | Bjork - Joga
            Björk – Jóga             | ``           | Bjork - Joga
            Þorn, Straße, Øl, Łódź   | Æon          | AEon - Thorn, Strasse, Ol, Lodz
            “Hello” – it’s me…       | Adele        | Adele - 'Hello' - it's me
            Ｈｅｌｌｏ　（２）             | ``           | Hello (2)
            稻香 (Rice Field)         | 周杰倫        | (Rice Field)
            Lemon                    | 米津玄師      | Lemon
            アイドル                   | YOASOBI      | YOASOBI
            WWW 🎄                   | Ленинград    | WWW
            GANGNAM STYLE(강남스타일)  | PSY          | PSY - GANGNAM STYLE
            Song & 노래 & Song        | ``           | Song & Song
            Song (노래) [歌] "곡"      | ``           | Song
            100 % \\ done             | ``           | 100 - done
            1999                     | ``           | 1999
            7 🎄                     | ``           | 7
            ÇON                      | ``           | _CON
            ℀ ＜x＞                   | ``           | a-c x
            """)
    void theFallbackIsTheNameInAscii(String title, String artist, String fallback) {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, new VideoId("dQw4w9WgXcQ"), new Track(title, artist))
                        .asAttachment())
                .startsWith("attachment; filename=\"" + fallback + ".mp3\"; filename*=UTF-8''");
    }

    @ParameterizedTest
    @ValueSource(strings = {"فيروز", "שלום עליכם", "稻香 - 周杰伦", "日本 2024", "歌 A", "…!", "🎄"})
    void theFallbackIsTheIdOfTheVideoWhereAsciiHasTooLittleOfTheName(String title) {
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, new VideoId("dQw4w9WgXcQ"), new Track(title, ""))
                        .asAttachment())
                .startsWith("attachment; filename=\"dQw4w9WgXcQ.mp3\"; filename*=UTF-8''%")
                .endsWith(".mp3");
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, new VideoId("-aZ_09bcdEF"), new Track(title, ""))
                        .asAttachment())
                .startsWith("attachment; filename=\"_-aZ_09bcdEF.mp3\"; ");
        assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, ""))
                        .asAttachment())
                .startsWith("attachment; filename=\"" + JOB + ".mp3\"; ");
    }

    @Test
    void theHeaderIsAsciiWithoutQuotesInside() {
        StringBuilder all = new StringBuilder();
        for (int c = 1; c < 0x250; c++) {
            all.appendCodePoint(c);
        }
        for (int from = 0; from < all.length(); from += 60) {
            String part = all.substring(from, Math.min(all.length(), from + 60));
            assertThat(FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(part, ""))
                            .asAttachment())
                    .matches(
                            "attachment; filename=\"[ !#-$&-\\[\\]-~]+\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+");
        }
    }
}
