package youtubemp3.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.playlist.Listing;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.standin.Album;
import youtubemp3.standin.PlaylistScenario;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.standin.video.Video;

@Timeout(300)
class PlaylistTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    @TempDir
    private Path folder;

    /** Neither YouTube nor yt-dlp tells the number of a track. */
    @Tag("long")
    @Test
    void anAlbumComesFromItsLinkToOneZipWithTrackNumbers() throws Exception {
        try (Product product = Product.start(YOUTUBE.standIn(), folder, "yt-dlp")) {
            JsonNode refused = new JsonMapper()
                    .readTree(product.submit("https://music.youtube.com/playlist?list=" + PlaylistScenario.ALBUM.id())
                            .body());
            String list = "playlists/" + refused.path("data").path("playlist").asString();
            JsonNode listed = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> product.json(list),
                            json -> !json.path("state").asString().equals("waiting"));
            List<String> videos = listed.path("entries")
                    .valueStream()
                    .map(entry -> entry.path("video").asString())
                    .toList();
            assertThat(videos).hasSize(Album.TRACKS.size());

            HttpResponse<String> submitted =
                    product.post(list, new JsonMapper().writeValueAsString(Map.of("videos", videos)));
            assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
            String batch = new JsonMapper()
                    .readTree(submitted.body())
                    .path("data")
                    .path("batch")
                    .asString();
            JsonNode done = await().atMost(Duration.ofMinutes(4))
                    .until(
                            () -> product.json("batches/" + batch),
                            json -> json.path("open").asInt() == 0);
            assertThat(done.path("finished").asInt()).as(done.toString()).isEqualTo(videos.size());

            HttpResponse<byte[]> zip = product.bytes("download-zip?batch=" + batch);
            assertThat(zip.headers().firstValue("content-disposition").orElseThrow())
                    .contains("filename=\"" + Album.TITLE + ".zip\"");
            try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
                for (int track = 1; track <= videos.size(); track++) {
                    assertThat(files.getNextEntry().getName())
                            .isEqualTo("%02d %s - %s.mp3".formatted(track, Album.ARTIST, Album.TRACKS.get(track - 1)));
                    assertThat(new String(files.readAllBytes(), StandardCharsets.ISO_8859_1))
                            .containsPattern("TALB.{6}\\x00" + Album.TITLE)
                            .containsPattern("(?s)TRCK.{6}\\x00" + track + "T");
                }
                assertThat(files.getNextEntry()).isNull();
            }
        }
    }

    @Test
    void aPlaylistIsListedWhileTheOnlyThreadConverts() throws Exception {
        YOUTUBE.standIn()
                .add(Video.builder("playlist000")
                        .media(YOUTUBE.standIn().video(Scenario.ORDINARY.id()).media())
                        // minutes
                        .rate(2_000)
                        .build());
        try (Product product =
                Product.start(YOUTUBE.standIn(), folder, "yt-dlp", "--youtubemp3.worker.concurrency=1")) {
            String running = product.enqueue("playlist000");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> product.status(running).path("attempt").asInt() == 1);
            String waiting = product.enqueue(Scenario.ORDINARY.id());

            PlaylistId album = PlaylistId.parse(PlaylistScenario.ALBUM.id()).orElseThrow();
            Playlists playlists = product.bean(Playlists.class);
            playlists.request(album);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> playlists.find(album).orElseThrow().state() == Listing.State.LISTED);

            assertThat(product.status(running).path("status").asString()).isEqualTo("ONQUEUE");
            assertThat(product.status(waiting).path("attempt").asInt()).isZero();
            assertThat(playlists.find(album).orElseThrow().playlist().entries()).hasSize(12);
        }
    }
}
