package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.storage.AudioFile;
import youtubemp3.jobs.storage.LocalAudioStore;
import youtubemp3.jobs.storage.StorageSettings;
import youtubemp3.web.RunningWeb;

/** GET /download-zip through a running server, on real files. */
class ZipDownloadTest extends RunningWeb {

    @Autowired
    private JobStatuses statuses;

    private UUID finished(String title, String content) throws IOException {
        Job job = RandomJob.of(new VideoId("there000001"));
        statuses.onQueue(job, "", 0);
        Attempt attempt = statuses.begin(job.id()).orElseThrow();
        statuses.found(attempt, new Track(title, "Artist"));
        Files.writeString(FOLDER.resolve(job.id() + ".mp3"), content);
        statuses.finish(attempt);
        return job.id();
    }

    private static String path(Object... ids) {
        return "/download-zip?" + Stream.of(ids).map(id -> "id=" + id).collect(Collectors.joining("&"));
    }

    /** Reads a ZIP as it arrives, for which the sizes must precede the files. */
    private static Map<String, String> unpacked(byte[] zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream input = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                files.put(entry.getName(), new String(input.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void filesComeInTheOrderOfTheRequestAndNoneUnderTheNameOfAnother() throws IOException {
        UUID second = finished("Zwei", "two");
        UUID first = finished("Ёлка", "one");
        UUID same = finished("ёлка", "three");
        UUID waiting = RandomJob.of(new VideoId("there000001")).id();

        HttpResponse<byte[]> response = bytes(path(first, waiting, second, "junk", first, same));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"youtube-mp3.zip\"; filename*=UTF-8''youtube-mp3.zip");
        assertThat(unpacked(response.body()))
                .containsExactly(
                        Map.entry("Artist - Ёлка.mp3", "one"),
                        Map.entry("Artist - Zwei.mp3", "two"),
                        Map.entry("Artist - ёлка (2).mp3", "three"));
    }

    @Test
    void withoutAnyFileThereIsNoZip() {
        assertThat(get("/download-zip").statusCode()).isEqualTo(404);
        assertThat(get(path(UUID.randomUUID())).statusCode()).isEqualTo(404);
        assertThat(page(path("x")).headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    }

    @Test
    void tooManyFilesAreRefused() {
        Object[] ids = Stream.generate(UUID::randomUUID).limit(201).toArray();

        assertThat(get(path(ids)).statusCode()).isEqualTo(413);
    }

    @Test
    void headHasTheHeadersAlone() throws IOException {
        HttpResponse<byte[]> response = head(path(finished("One", "one")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(response.body()).isEmpty();
    }

    @Test
    @Tag("long")
    void aFileMayBeLargerThan4GiB(@TempDir Path folder) throws Exception {
        long size = (4L << 30) + 17;
        UUID id = UUID.randomUUID();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve(id + ".mp3").toFile(), "rw")) {
            // takes no room on the disk
            file.setLength(size);
        }
        AudioFile large = new LocalAudioStore(new StorageSettings(folder))
                .open(id, OutputOptions.DEFAULT)
                .orElseThrow();
        PipedInputStream input = new PipedInputStream(1 << 16);
        PipedOutputStream output = new PipedOutputStream(input);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try (output;
                    large) {
                StoredZip zip = new StoredZip(output);
                zip.add(large, FileName.of(id, OutputOptions.DEFAULT, null, null));
                zip.finish();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (ZipInputStream zip = new ZipInputStream(input)) {
            assertThat(zip.getNextEntry().getSize()).isEqualTo(size);
            assertThat(zip.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
            assertThat(zip.getNextEntry()).isNull();
        }
        writing.get();
    }
}
