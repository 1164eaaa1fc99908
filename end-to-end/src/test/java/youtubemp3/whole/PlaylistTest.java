package youtubemp3.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.jobs.playlist.Listing;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
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
