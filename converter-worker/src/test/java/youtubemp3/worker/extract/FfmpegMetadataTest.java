package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.extract.Metadata.Release;

/** ffmpeg itself reads what is written. */
@Timeout(60)
class FfmpegMetadataTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "; comment",
                "#hash",
                "back\\slash\\",
                "two\nlines",
                "[CHAPTER]",
                "title\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1\ntitle=injected",
                "Björk – 周杰倫 🎄",
                "\\\n=;#\\\\\n;"
            })
    void aTextIsReadBackAsItIs(String text) throws Exception {
        Chapter chapter = new Chapter(text, Duration.ZERO, Duration.ofSeconds(1));
        Tags tags = new Tags(
                text,
                text,
                new Release(text, "3", "2019"),
                "12",
                new VideoId("dQw4w9WgXcQ"),
                Optional.empty(),
                List.of(chapter));
        Path written = Files.writeString(folder.resolve("tags.txt"), FfmpegMetadata.mp4(tags));

        JsonNode read = new JsonMapper()
                .readTree(RealTools.run(
                        "ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_chapters", written.toString()));

        String expected = text.endsWith("\\") ? text + " " : text;
        assertThat(read.at("/format/tags/title").asString()).isEqualTo(expected);
        assertThat(read.at("/format/tags/artist").asString()).isEqualTo(expected);
        assertThat(read.at("/format/tags/album").asString()).isEqualTo(expected);
        assertThat(read.at("/format/tags/date").asString()).isEqualTo("2019");
        assertThat(read.at("/format/tags/track").asString()).isEqualTo("3/12");
        assertThat(read.path("chapters")).hasSize(1);
        assertThat(read.at("/chapters/0/tags/title").asString()).isEqualTo(expected);
    }
}
