package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.AlbumTrack;
import youtubemp3.jobs.Track;
import youtubemp3.worker.extract.Metadata.Release;

class MetadataTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"title": "A talk", "channel": "A channel"}                                   | A talk    | A channel
            {"title": "Nina - Blue (Official Video)", "channel": "NinaVEVO"}              | Blue      | Nina
            {"title": "Nina - Blue", "channel": "A label", "categories": ["Music"]}       | Blue      | Nina
            {"title": "Part 1 - Blue", "channel": "A school", "categories": ["Education"]} | Part 1 - Blue | A school
            {"title": "NINA - BLUE (Official)", "channel": "NinaVEVO", "artist": "Nina", "track": "Blue"} | Blue | Nina
            {"title": "NINA - BLUE", "channel": "Nina", "track": "Blue (Audio)"}          | Blue (Audio) | NINA
            {"title": "NINA S. - BLUE", "channel": "Nina", "artists": ["Nina S."]}        | BLUE      | Nina S.
            {"title": "x", "artists": ["Tyler, The Creator"], "artist": "Tyler\uff0c The Creator"} | x | Tyler, The Creator
            {"title": "x", "artists": ["Nina", "", 7, null, "Ola"], "channel": "y"}       | x         | Nina, 7, Ola
            {"title": "x", "artists": [], "artist": "Nina"}                               | x         | Nina
            {"title": "x", "artists": null, "channel": "Nina"}                            | x         | Nina
            {"title": "Nina - ", "channel": "Nina"}                                       | Nina -    | Nina
            {"title": "Nobody's"}                                                         | Nobody's  | ''
            {"title": "", "channel": null}                                                | YouTube video | ''
            {"title": 7, "channel": ["x"]}                                                | 7         | ''
            """)
    void readsTitleAndArtist(String json, String title, String artist) {
        assertThat(Metadata.parse(json)).map(Metadata::track).contains(new Track(title, artist));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"album": "Blue Nights", "track_number": 3, "release_date": "20020513", "release_year": 2023} | Blue Nights | 3 | 2002
            {"album": "Blue Nights", "release_date": null, "release_year": 2023}     | Blue Nights | '' | 2023
            {"release_date": "2002", "release_year": 0, "track_number": 0}           | ''          | '' | ''
            {"album": null, "release_year": "NA", "track_number": "3/12"}            | ''          | '' | ''
            {}                                                                       | ''          | '' | ''
            """)
    void readsTheRelease(String json, String album, String trackNumber, String year) {
        assertThat(Metadata.parse(json)).map(Metadata::release).contains(new Release(album, trackNumber, year));
    }

    @Test
    void thePlaceInAPlaylistPrecedesThatInAnotherAlbum() {
        Metadata metadata = Metadata.parse(
                        "{\"album\": \"Blue Nights\", \"track_number\": 3, \"release_date\": \"20020513\"}")
                .orElseThrow();

        assertThat(metadata.in(null)).isEqualTo(metadata);
        assertThat(metadata.in(new AlbumTrack("Best of", 12)).release())
                .isEqualTo(new Release("Best of", "12", "2002"));
    }

    @Test
    void aTextIsOneLineOfVisibleCharacters() {
        String title =
                "a\u0000b\u001b[31mc\u0085 \u202egpj.exe\u2066\u200b\ufeff \n\t\u2028 d\u00ad \u0645\u06cc\u200c\u0634\u0648\u062f \ud83d\udc68\u200d\ud83d\udc69 \ud800";

        assertThat(titleOf(title))
                .isEqualTo("ab[31mc gpj.exe d \u0645\u06cc\u200c\u0634\u0648\u062f \ud83d\udc68\u200d\ud83d\udc69");
    }

    @Test
    void aTextHasAtMost300Characters() {
        assertThat(titleOf("\ud83c\udf84".repeat(301))).isEqualTo("\ud83c\udf84".repeat(300));
        assertThat(titleOf("x".repeat(299) + " ".repeat(60_000) + "y")).isEqualTo("x".repeat(299));
        assertThat(titleOf(" ".repeat(60_000) + "y")).isEqualTo("y");
    }

    private static String titleOf(String text) {
        String json = new JsonMapper().writeValueAsString(Map.of("title", text));
        return Metadata.parse(json).orElseThrow().track().title();
    }

    @Test
    void readsLengthAndLiveStatus() {
        Metadata metadata = Metadata.parse("{\"duration\": 12.5, \"live_status\": \"is_live\"}")
                .orElseThrow();
        assertThat(metadata.duration()).isEqualTo(Duration.ofMillis(12_500));
        assertThat(metadata.liveStatus()).isEqualTo("is_live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NA", "", "[]", "\"x\"", "{", "null", "{\"title\": \"\\ud800\""})
    void anythingButAnObjectIsEmpty(String json) {
        assertThat(Metadata.parse(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-1e300", "1e300", "31622401", "\"12\""})
    void anImpossibleLengthIsUnknown(String seconds) {
        assertThat(Metadata.parse("{\"title\":\"x\",\"duration\":" + seconds + "}"))
                .hasValueSatisfying(metadata -> assertThat(metadata.duration()).isNull());
    }

    @Test
    void aMissingLengthIsUnknown() {
        assertThat(Metadata.parse("{\"title\":\"x\",\"duration\":null}"))
                .hasValueSatisfying(metadata -> assertThat(metadata.duration()).isNull());
    }
}
