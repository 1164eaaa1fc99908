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
    static void createMedia() {
        media = new Media(folder);
    }

    @Test
    void thePreludeHasItsDuration() throws Exception {
        assertDuration(media.prelude(), 144);
    }

    @Test
    void thirtySecondsOfThePreludeLastThirtySeconds() throws Exception {
        assertDuration(media.thirtySeconds(), 30);
    }

    @Test
    void thePreludeCanBeRepeatedForAnHour() throws Exception {
        assertDuration(media.prelude(Duration.ofHours(1)), 3_600);
    }

    @Test
    void aFileIsMadeOnceAndNoOtherFilesRemain() throws Exception {
        Path webm = Objects.requireNonNull(media.thirtySeconds().webm());
        FileTime made = Files.getLastModifiedTime(webm);

        media.thirtySeconds();

        assertThat(Files.getLastModifiedTime(webm)).isEqualTo(made);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.startsWith("prelude-"));
        }
    }

    @Test
    void theErrorMessageNamesTheProgramThatFailed(@TempDir Path other) {
        assertThatThrownBy(() -> new Media(other, "no-such-ffmpeg").prelude())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no-such-ffmpeg");
        assertThat(other).isEmptyDirectory();
    }

    private static void assertDuration(MediaFiles files, int seconds) throws IOException {
        assertThat(files.duration()).isEqualTo(Duration.ofSeconds(seconds));
        for (Path file : List.of(Objects.requireNonNull(files.webm()), Objects.requireNonNull(files.m4a()))) {
            List<String> ffprobe = List.of(
                    "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.toString());
            String output = new Command(ffprobe, Duration.ofSeconds(30)).run().strip();
            assertThat(Double.parseDouble(output)).isCloseTo(seconds, within(0.1));
        }
    }
}
