package youtubemp3.standin.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.standin.process.Command;
import youtubemp3.standin.video.MediaFiles;

@Timeout(180)
class MediaTest {

    @TempDir
    static Path folder;

    private static Media media;

    @BeforeAll
    static void inAFolder() {
        media = new Media(folder);
    }

    @Test
    void thePreludeIsAsLongAsItSays() throws Exception {
        assertLasts(media.prelude(), 144);
    }

    @Test
    void aPartIsHalfAMinute() throws Exception {
        assertLasts(media.thirtySeconds(), 30);
    }

    @Test
    void anHourIsMadeOfIt() throws Exception {
        assertLasts(media.prelude(Duration.ofHours(1)), 3_600);
    }

    @Test
    void isMadeOnceAndLeavesNothingElse() throws Exception {
        Path webm = Objects.requireNonNull(media.thirtySeconds().webm());
        FileTime made = Files.getLastModifiedTime(webm);

        media.thirtySeconds();

        assertThat(Files.getLastModifiedTime(webm)).isEqualTo(made);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.startsWith("prelude-"));
        }
    }

    @Test
    void saysWhichProgramFailed(@TempDir Path other) {
        assertThatThrownBy(() -> new Media(other, "no-such-ffmpeg").prelude())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no-such-ffmpeg");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void aCommandHasATimeLimitAndKeepsItsLastWords() {
        assertThatThrownBy(() -> new Command(List.of("sleep", "60"), Duration.ofMillis(50)).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("took longer")
                .hasMessageContaining("sleep 60");
        assertThatThrownBy(
                        () -> new Command(List.of("sh", "-c", "echo last words; exit 3"), Duration.ofSeconds(10)).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit 3")
                .hasMessageContaining("last words");
    }

    private static void assertLasts(MediaFiles files, int seconds) throws IOException {
        assertThat(files.duration()).isEqualTo(Duration.ofSeconds(seconds));
        for (Path file : List.of(Objects.requireNonNull(files.webm()), Objects.requireNonNull(files.m4a()))) {
            List<String> ffprobe = List.of(
                    "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.toString());
            String said = new Command(ffprobe, Duration.ofSeconds(30)).run().strip();
            assertThat(Double.parseDouble(said)).isCloseTo(seconds, within(0.1));
        }
    }
}
