package youtubemp3.worker.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.playlist.PlaylistId;

class FlatPlaylistTest {

    private static final PlaylistId ID = new PlaylistId("PLBB231211A4F62143", null);

    private static Playlist parse(String json) {
        return FlatPlaylist.parse(json.getBytes(StandardCharsets.UTF_8), ID, 3).orElseThrow();
    }

    @Test
    void videosHaveTitleAndLength() {
        Playlist playlist = parse("""
                {"_type": "playlist", "id": "PLBB231211A4F62143", "title": "An\\u0000 album\\n", "entries": [
                  {"_type": "url", "id": "-w4w9WgXc_Q", "title": "One\\u202e", "duration": 201},
                  {"_type": "url", "id": "w4w9WgXc_Q-", "title": "Two", "duration": 201.9}]}""");

        assertThat(playlist)
                .isEqualTo(new Playlist(
                        ID,
                        "An album",
                        java.util.List.of(
                                new Entry(
                                        new VideoId("-w4w9WgXc_Q"),
                                        "One",
                                        Duration.ofSeconds(201),
                                        Availability.AVAILABLE),
                                new Entry(
                                        new VideoId("w4w9WgXc_Q-"),
                                        "Two",
                                        Duration.ofSeconds(201),
                                        Availability.AVAILABLE)),
                        false));
    }

    @Test
    void whatIsMissingHasADefault() {
        Playlist playlist = parse("""
                {"title": null, "entries": [
                  {"id": "-w4w9WgXc_Q", "title": null, "duration": null},
                  {"id": "w4w9WgXc_Q-", "title": "\\u0007", "duration": 0}]}""");

        assertThat(playlist.title()).isEqualTo(ID.value());
        assertThat(playlist.entries())
                .containsExactly(
                        new Entry(new VideoId("-w4w9WgXc_Q"), "-w4w9WgXc_Q", null, Availability.AVAILABLE),
                        new Entry(new VideoId("w4w9WgXc_Q-"), "w4w9WgXc_Q-", null, Availability.AVAILABLE));
    }

    @Test
    void whatIsNotAVideoIsLeftOut() {
        Playlist playlist = parse("""
                {"title": "A", "entries": [null, 7, {"id": "UCKSpbfbl5kRQpTdL7kMc-1Q", "title": "a channel"},
                  {"title": "none"}, {"id": "-w4w9WgXc_Q", "title": "One"}]}""");

        assertThat(playlist.entries()).extracting(Entry::title).containsExactly("One");
    }

    @Test
    void aFourthVideoIsCut() {
        String entry = "{\"id\": \"-w4w9WgXc_Q\", \"title\": \"One\"}";

        Playlist three = parse("{\"entries\": [" + String.join(",", entry, entry, entry) + "]}");
        assertThat(three.entries()).hasSize(3);
        assertThat(three.cut()).isFalse();

        Playlist four = parse("{\"entries\": [" + String.join(",", entry, entry, entry, entry) + "]}");
        assertThat(four.entries()).hasSize(3);
        assertThat(four.cut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{}", "[]", "{\"entries\": null}", "{\"entries\": {}}", "{\"entries\": [", "junk"})
    void otherTextIsNoPlaylist(String text) {
        assertThat(FlatPlaylist.parse(text.getBytes(StandardCharsets.UTF_8), ID, 3))
                .isEmpty();
    }
}
