package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.standin.video.Playlist;

/** The pages of playlists as a client sees them; the worker's tests have the real yt-dlp read them. */
@ExtendWith(YouTubeStandInExtension.class)
@Timeout(60)
class PlaylistTest {

    private static final String BROWSE = "https://www.youtube.com/youtubei/v1/browse";
    private static final String NEXT = "https://www.youtube.com/youtubei/v1/next";

    private final YouTubeStandIn standIn;
    private final Client client;

    PlaylistTest(YouTubeStandIn standIn) throws Exception {
        this.standIn = standIn;
        client = new Client(standIn);
    }

    private String page(String id) throws Exception {
        return new String(
                client.get("https://www.youtube.com/playlist?list=" + id).body(), StandardCharsets.UTF_8);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static List<String> videos(String text) {
        return found("\"playlist(?:Panel)?VideoRenderer\":\\{\"videoId\":\"([^\"]+)\"", text);
    }

    @Test
    void thePageOfAnAlbumHasItsTracksInOrder() throws Exception {
        String page = page(PlaylistScenario.ALBUM.id());

        assertThat(videos(page)).hasSize(12).first().isEqualTo(Album.id(1));
        assertThat(page).contains("\"playlistMetadataRenderer\":{\"title\":\"Album - Twelve Preludes\"}");
        assertThat(videos(page))
                .allSatisfy(id -> assertThat(standIn.video(id).media()).isNotNull());
    }

    @Test
    void everyFurtherHundredNeedsTheTokenOfTheOnesBefore() throws Exception {
        String answer = page(PlaylistScenario.LONG.id());
        int count = videos(answer).size();
        assertThat(count).isEqualTo(100);
        List<String> tokens = found("\"token\":\"([^\"]+)\"", answer);
        while (!tokens.isEmpty()) {
            assertThat(tokens).hasSize(1);
            answer = client.post(BROWSE, "{\"continuation\":\"" + tokens.get(0) + "\"}")
                    .body();
            count += videos(answer).size();
            tokens = found("\"token\":\"([^\"]+)\"", answer);
        }
        assertThat(count).isEqualTo(5_000);
        assertThat(answer).contains("\"videoId\":\"ofmany05000\"");
    }

    @Test
    void unavailableVideosAreHiddenUntilTheyAreAskedFor() throws Exception {
        String id = PlaylistScenario.WITH_GAPS.id();
        String page = page(id);
        assertThat(videos(page)).containsExactly(Scenario.ORDINARY.id(), Scenario.SLOW.id());
        assertThat(page).contains("3 unavailable videos are hidden");

        String all = client.post(BROWSE, "{\"browseId\": \"VL" + id + "\", \"params\": \"wgYCCAA=\"}")
                .body();
        assertThat(videos(all)).hasSize(5).contains("deleted0001", Scenario.PRIVATE.id());
        assertThat(all).contains("[Private video]", "[Deleted video]").doesNotContain("alerts");
    }

    @ParameterizedTest
    @CsvSource({
        "PLstandin-no-such-list, The playlist does not exist.",
        "PLstandin-private, This playlist is private.",
        "PLstandin-unviewable, This playlist type is unviewable."
    })
    void aPlaylistThatIsNotShownHasAnErrorInPlaceOfItsVideos(String id, String alert) throws Exception {
        assertThat(page(id)).contains("\"type\":\"ERROR\"", alert).doesNotContain("contents");
    }

    @Test
    void anEmptyPlaylistSaysSo() throws Exception {
        assertThat(page(PlaylistScenario.EMPTY.id()))
                .contains("No videos in this playlist yet")
                .doesNotContain("ERROR");
    }

    @Test
    void aMixIsBesideItsVideoAndGoesOnFromTheLastOne() throws Exception {
        String id = PlaylistScenario.MIX.id();
        String page = new String(
                client.get("https://www.youtube.com/watch?v=" + Scenario.ORDINARY.id() + "&list=" + id)
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(videos(page)).hasSize(25).first().isEqualTo(Scenario.ORDINARY.id());

        String last = videos(page).get(24);
        String next = client.post(NEXT, "{\"playlistId\": \"" + id + "\", \"videoId\": \"" + last + "\"}")
                .body();
        assertThat(videos(next)).contains(last).last().isEqualTo("ofmany00048");
    }

    @Test
    void anOrdinaryPlaylistIsNotShownBesideAVideo() throws Exception {
        String page = new String(
                client.get("https://www.youtube.com/watch?v=" + Album.id(1) + "&list=" + PlaylistScenario.ALBUM.id())
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(videos(page)).isEmpty();
    }

    @Test
    void theIdsOfAllPlaylistsAreDifferent() {
        assertThat(Arrays.stream(PlaylistScenario.values()).map(PlaylistScenario::id))
                .doesNotHaveDuplicates()
                .doesNotContain(PlaylistScenario.UNKNOWN_ID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Playlist.builder("not an id").build());
    }
}
