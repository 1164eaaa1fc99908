package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

@Timeout(120)
class YouTubeStandInApplicationTest {

    @Test
    void servesTheDemoTheScenariosAndAFolderOfRecordings(@TempDir Path folder, @TempDir Path own) throws Exception {
        MediaFiles media = new Media(folder.resolve("music")).thirtySeconds();
        Files.copy(Objects.requireNonNull(media.m4a()), own.resolve("my_own-song.m4a"));
        Files.writeString(own.resolve("my_own-song.txt"), "A Channel - A Song - Live\nmore\n");
        String[] arguments = {"--port=0", "--folder=" + folder};
        Map<String, String> environment = Map.of("STAND_IN_MEDIA", own.toString(), "STAND_IN_RATE", "");

        try (YouTubeStandIn standIn = YouTubeStandInApplication.start(arguments, environment)) {
            Video song = standIn.video("my_own-song");
            assertThat(song.channel()).isEqualTo("A Channel");
            assertThat(song.title()).isEqualTo("A Song - Live");
            assertThat(song.duration()).isCloseTo(Duration.ofSeconds(30), Duration.ofMillis(100));
            assertThat(standIn.video(Demo.MUSIC.id()).title()).isEqualTo("Prelude in C major, BWV 846");
            assertThat(standIn.video(Demo.AN_HOUR.id()).duration()).isEqualTo(Duration.ofHours(1));
            assertThatThrownBy(() -> standIn.video(Demo.MISSING.id())).isInstanceOf(NoSuchElementException.class);
            assertThat(Scenario.values()).allSatisfy(scenario -> standIn.video(scenario.id()));
        }
    }
}
