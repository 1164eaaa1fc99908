package youtubemp3.worker.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.extract.ExtractedAudio;

@ExtendWith(OutputCaptureExtension.class)
class LibraryTest {

    @TempDir
    private Path work;

    @TempDir
    private Path folder;

    private Library library;

    @BeforeEach
    void aLibrary() {
        library = Libraries.in(folder);
    }

    private static Job job(Map<String, String> options) {
        return new Job(UUID.randomUUID(), new VideoId("dQw4w9WgXcQ"), OutputOptions.of(options));
    }

    private void keep(String content, String format) throws Exception {
        Path file = Files.writeString(work.resolve("tagged"), content);
        ExtractedAudio audio = new ExtractedAudio(file, new Track("Title", "Artist"), "Album", "3", "2024");
        library.keep(job(Map.of("format", format)), audio);
    }

    /** All files, with nothing left of unfinished ones. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noFileTakesTheNameOfAnother() throws Exception {
        keep("one", "mp3");
        keep("two", "mp3");
        keep("three", "opus");

        assertThat(files())
                .containsExactly(
                        "Artist/Album/03 Title (2).mp3", "Artist/Album/03 Title.mp3", "Artist/Album/03 Title.opus");
        assertThat(folder.resolve("Artist/Album/03 Title.mp3")).hasContent("one");
    }

    @Test
    void theSameFileIsThereOnce() throws Exception {
        keep("one", "mp3");
        keep("two", "mp3");
        keep("two", "mp3");

        assertThat(files()).hasSize(2);
    }

    @Test
    void eachChapterOfAnArchiveIsAFileOfTheAlbum() throws Exception {
        Path zip = work.resolve("tagged.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("01 Intro.mp3", "02.mp3")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        library.keep(job(Map.of("chapters", "split")), new ExtractedAudio(zip, new Track("Set", "DJ"), "", "", ""));

        assertThat(files()).containsExactly("DJ/Set/01 Intro.mp3", "DJ/Set/02 Set.mp3");
        assertThat(folder.resolve("DJ/Set/01 Intro.mp3")).hasContent("01 Intro.mp3");
    }

    @Test
    void aLibraryThatCannotBeWrittenIsReportedAndNothingIsLeftOfTheFile(CapturedOutput output) throws Exception {
        Files.writeString(folder.resolve("Artist"), "a file in place of the folder");
        keep("one", "mp3");

        assertThat(output).contains("is not in the library");
        assertThat(files()).containsExactly("Artist");
    }

    @Test
    void theNextAttemptDeletesWhatAKilledWorkerLeft() throws Exception {
        Job job = job(Map.of());
        String other = ".youtube-mp3-" + UUID.randomUUID() + "-" + UUID.randomUUID() + ".part";
        Files.createFile(folder.resolve(".youtube-mp3-" + job.id() + "-" + UUID.randomUUID() + ".part"));
        Files.createFile(folder.resolve(other));
        library.keep(job, new ExtractedAudio(work.resolve("none"), new Track("Title", "Artist"), "", "", ""));

        assertThat(files()).as("another job may be at work").containsExactly(other);
    }

    @Test
    void withoutAFolderThereIsNoLibrary() throws Exception {
        library = Libraries.in(null);
        keep("one", "mp3");

        assertThat(files()).isEmpty();
    }
}
