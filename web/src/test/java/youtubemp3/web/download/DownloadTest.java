package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.web.RunningWeb;

/** GET /download-music/... through a running server, on real files. */
class DownloadTest extends RunningWeb {

    /** Longer than every buffer on the way. */
    private static final byte[] CONTENT = new byte[3_000_017];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private static final int SIZE = CONTENT.length;

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private BodyWriters writers;

    private final Job job = RandomJob.of(new VideoId("there000001"));
    private Attempt attempt;

    @BeforeEach
    void aJob() {
        statuses.onQueue(job, "", 0);
        attempt = statuses.begin(job.id()).orElseThrow();
        statuses.found(attempt, new Track("Señor <b>Ёлка</b>", "Ärzte"));
        writers.seen.clear();
    }

    // ---- the flowchart

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysuperfile",
                "songname.mp3",
                "1-1-1-1-1",
                "c3f044e1",
                "c3f044e11e664a52be7d6e344fb6aec6",
                "c3f044e1-1e66-4a52-be7d-6e344fb6aec6.mp3",
                "c3f044e1-1e66-4a52-be7d-6e344fb6aecg",
                "%20",
                "..;",
                "%3Cscript%3E",
            })
    void steps2And3ANameThatIsNoId(String name) {
        assertInvalid("/download-music/" + name);
    }

    @Test
    void steps4And5AnIdThatNobodyKnows() throws Exception {
        UUID unknown = UUID.randomUUID();
        Files.write(FOLDER.resolve(unknown + ".mp3"), CONTENT);

        assertInvalid("/download-music/" + unknown);
    }

    @Test
    void steps6And7NotReady() {
        statuses.progress(attempt, new Progress(Stage.CONVERTING, 42, Duration.ofSeconds(95)));

        HttpResponse<String> response = page(path());

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>")
                .contains("data-job=\"" + job.id() + "\"")
                .contains("Señor &lt;b&gt;Ёлка&lt;/b&gt;", "Ärzte", "value=\"42\"", "42 % · about 2 minutes left")
                .contains("Downloading and converting");
    }

    @Test
    void aJobThatWaitsForItsNextAttemptIsNotReadyAndSaysWhy() {
        statuses.retry(attempt, new Failure("NETWORK"), Duration.ofMinutes(1));

        HttpResponse<String> response = page(path());

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).contains("Trying again soon", "The connection to YouTube broke.");
    }

    @Test
    void aJobThatFailedSaysWhyAndOffersToTryAgain() {
        statuses.fail(attempt, new Failure("TOO_LONG", List.of("\"9\"")));

        HttpResponse<String> response = page(path());

        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .contains("This video is longer than &quot;9&quot;, which", "Señor &lt;b&gt;Ёлка&lt;/b&gt;")
                .contains("action=\"../submit\"", "value=\"https://www.youtube.com/watch?v=there000001\"", "Try again")
                .doesNotContain("http-equiv");
    }

    @Test
    void aJobThatFailedIsTriedAgainWithItsOptions() {
        withOptions(Map.of("format", "m4a", "from", "1:30"));
        statuses.fail(attempt, new Failure("NETWORK"));

        assertThat(page(path()).body())
                .contains("<input type=\"hidden\" name=\"format\" value=\"m4a\">")
                .contains("<input type=\"hidden\" name=\"from\" value=\"90\">")
                .doesNotContain("name=\"to\"");
    }

    @ParameterizedTest
    @CsvSource({
        "m4a, none, m4a, audio/mp4",
        "opus, mark, opus, audio/ogg",
        "mp3, split, zip, application/zip",
        "m4a, split, zip, application/zip",
    })
    void aFileOfAnotherFormat(String format, String chapters, String extension, String type) throws Exception {
        withOptions(Map.of("format", format, "chapters", chapters));
        Files.write(FOLDER.resolve(job.id() + "." + extension), CONTENT);
        statuses.finish(attempt);

        HttpResponse<byte[]> response = bytes(path());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CONTENT);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; ")
                .endsWith("." + extension);
    }

    private void withOptions(Map<String, String> options) {
        redis.delete(job.id().toString());
        statuses.onQueue(new Job(job.id(), job.video(), OutputOptions.of(options)), "", 0);
        attempt = statuses.begin(job.id()).orElseThrow();
    }

    @Test
    void steps8And9AFileThatIsGone() {
        statuses.finish(attempt);

        assertInvalid(path());
    }

    @Test
    void aLinkIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        Files.createSymbolicLink(FOLDER.resolve(job.id() + ".mp3"), secret);
        statuses.finish(attempt);

        assertInvalid(path());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkThatTakesTheNameMeanwhileIsNotFollowed(boolean sendfile, @TempDir Path elsewhere) throws Exception {
        finished();
        Path name = FOLDER.resolve(job.id() + ".mp3");
        Path file = Files.createLink(FOLDER.resolve(job.id() + ".file"), name);
        // of the same size, so that every part of the file is one of it
        Path secret = Files.write(elsewhere.resolve("secret"), new byte[SIZE]);
        AtomicBoolean done = new AtomicBoolean();
        Thread exchanger = new Thread(() -> {
            while (!done.get()) {
                exchange(name, next -> Files.createSymbolicLink(next, secret));
                exchange(name, next -> Files.createLink(next, file));
            }
        });
        exchanger.start();
        try {
            int sent = 0;
            for (int i = 0; i < 200; i++) {
                HttpResponse<byte[]> response = bytes(path(), with(sendfile));
                assertThat(response.statusCode()).isIn(200, 404);
                if (response.statusCode() == 200) {
                    sent++;
                    assertThat(response.body()).isEqualTo(CONTENT);
                }
            }
            assertThat(sent).isPositive();
        } finally {
            done.set(true);
            exchanger.join();
        }
    }

    private interface Maker {
        void make(Path path) throws IOException;
    }

    private static void exchange(Path name, Maker maker) {
        Path next = name.resolveSibling("next");
        try {
            maker.make(next);
            Files.move(next, name, StandardCopyOption.ATOMIC_MOVE);
            // a rename of one name of a file to another does nothing, and leaves both
            Files.deleteIfExists(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFolderIsNoFile() throws Exception {
        Files.createDirectory(FOLDER.resolve(job.id() + ".mp3"));
        statuses.finish(attempt);

        assertInvalid(path());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void step10TheFile(boolean sendfile) throws Exception {
        finished();

        HttpResponse<byte[]> response = bytes(path(), with(sendfile));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CONTENT);
        assertThat(header(response, "Content-Type")).isEqualTo("audio/mpeg");
        assertThat(header(response, "Content-Length")).isEqualTo("" + SIZE);
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "ETag")).matches("\"[0-9a-z-]+\"");
        assertThat(header(response, "Last-Modified")).isEqualTo("Sun, 01 Nov 2026 12:00:00 GMT");
        assertThat(header(response, "Cache-Control")).isEqualTo("private");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(header(response, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"Arzte - Senor b -b.mp3\"; filename*=UTF-8''"
                        + "%C3%84rzte%20-%20Se%C3%B1or%20b%D0%81%D0%BB%D0%BA%D0%B0-b.mp3");
        assertThat(writers.seen.poll(5, TimeUnit.SECONDS)).isEqualTo(sendfile ? "sendfile" : "copied");
    }

    @Test
    void anIdInUpperCaseIsTheSame() throws Exception {
        finished();

        assertThat(head(path().replace(job.id().toString(), job.id().toString().toUpperCase(Locale.ROOT)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void headTellsTheSameWithoutTheFile() throws Exception {
        finished();

        HttpResponse<byte[]> get = bytes(path());
        HttpResponse<byte[]> head = head(path(), "Range", "bytes=0-9");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {
            "Content-Type", "Content-Length", "Accept-Ranges", "ETag", "Last-Modified", "Content-Disposition"
        }) {
            assertThat(header(head, name)).isEqualTo(header(get, name));
        }
        assertThat(head("/download-music/x").statusCode()).isEqualTo(404);
    }

    @Test
    void itCannotBeWritten() throws Exception {
        finished();

        assertThat(send(request(path()).PUT(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(405);
        assertThat(send(request(path()).DELETE()).statusCode()).isEqualTo(405);
        assertThat(FOLDER.resolve(job.id() + ".mp3")).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyFile(boolean sendfile) throws Exception {
        Files.createFile(FOLDER.resolve(job.id() + ".mp3"));
        statuses.finish(attempt);

        HttpResponse<byte[]> response = bytes(path(), with(sendfile));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(bytes(path(), with(sendfile, "Range", "bytes=0-")).statusCode())
                .isEqualTo(416);
    }

    // ---- ranges

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-0          |       0 |       1 | true
            bytes=0-0          |       0 |       1 | false
            bytes=1000-2000    |    1000 |    2001 | true
            bytes=1000-2000    |    1000 |    2001 | false
            bytes=2999999-     | 2999999 | 3000017 | true
            bytes=2999999-     | 2999999 | 3000017 | false
            bytes=-17          | 3000000 | 3000017 | true
            bytes=-17          | 3000000 | 3000017 | false
            bytes=17-99999999  |      17 | 3000017 | true
            bytes=17-99999999  |      17 | 3000017 | false
            bytes=0-           |       0 | 3000017 | true
            bytes=0-           |       0 | 3000017 | false
            """)
    void aPart(String range, int start, int end, boolean sendfile) throws Exception {
        finished();

        HttpResponse<byte[]> response = bytes(path(), with(sendfile, "Range", range));

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes " + start + "-" + (end - 1) + "/" + SIZE);
        assertThat(header(response, "Content-Length")).isEqualTo("" + (end - start));
        assertThat(header(response, "ETag")).isNotBlank();
        assertThat(header(response, "Content-Type")).isEqualTo("audio/mpeg");
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(CONTENT, start, end));
        assertThat(writers.seen.poll(5, TimeUnit.SECONDS)).isEqualTo(sendfile ? "sendfile" : "copied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-0,5-9", "bytes=9-1", "lines=1-2", "bytes=x", ""})
    void whatIsNoSingleRangeGetsAll(String range) throws Exception {
        finished();

        HttpResponse<byte[]> response = bytes(path(), "Range", range);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Range")).isEmpty();
        assertThat(response.body()).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"bytes=3000017-, true", "bytes=3000017-, false", "bytes=-0, true", "bytes=9999999-99999999, true"})
    void aRangeBehindTheEndGetsNothing(String range, boolean sendfile) throws Exception {
        finished();

        HttpResponse<byte[]> response = bytes(path(), with(sendfile, "Range", range));

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */" + SIZE);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrokenDownloadGoesOnWhereItBroke(boolean sendfile) throws Exception {
        finished();
        String tag = header(head(path()), "ETag");
        String date = header(head(path()), "Last-Modified");

        HttpResponse<byte[]> rest = bytes(path(), with(sendfile, "Range", "bytes=1234567-", "If-Range", tag));
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 1234567, SIZE));

        HttpResponse<byte[]> sameDate = bytes(path(), with(sendfile, "Range", "bytes=1234567-", "If-Range", date));
        assertThat(sameDate.statusCode()).isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"another\"",
                "W/\"another\"",
                "Sun, 01 Nov 2026 11:59:59 GMT",
                "Sun, 01 Nov 2026 12:00:01 GMT",
                "nonsense",
            })
    void aDownloadOfAnotherFileStartsAnew(String validator) throws Exception {
        finished();

        HttpResponse<byte[]> response = bytes(path(), "Range", "bytes=1234567-", "If-Range", validator);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CONTENT);
    }

    @Test
    void aWeakTagIsNotGoodEnoughForARange() throws Exception {
        finished();
        String weak = "W/" + header(head(path()), "ETag");

        assertThat(bytes(path(), "Range", "bytes=1-", "If-Range", weak).statusCode())
                .isEqualTo(200);
    }

    // ---- conditions

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        finished();
        String tag = header(head(path()), "ETag");
        String date = header(head(path()), "Last-Modified");

        for (String[] condition : new String[][] {{"If-None-Match", tag}, {"If-Modified-Since", date}}) {
            HttpResponse<byte[]> response = bytes(path(), condition);
            assertThat(response.statusCode()).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "ETag")).isEqualTo(tag);
            assertThat(header(response, "Cache-Control")).isEqualTo("private");
        }
        assertThat(bytes(path(), "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
        assertThat(head(path(), "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(bytes(path(), "If-None-Match", tag, "Range", "bytes=0-1").statusCode())
                .isEqualTo(304);
    }

    @Test
    void aConditionThatDoesNotHold() throws Exception {
        finished();

        HttpResponse<byte[]> response = bytes(path(), "If-Match", "\"another\"");

        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(response.body()).isEmpty();
        assertThat(bytes(path(), "If-Unmodified-Since", "Sun, 01 Nov 2026 11:00:00 GMT")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void theTagChangesWithTheFile() throws Exception {
        finished();
        String before = header(head(path()), "ETag");

        Files.setLastModifiedTime(
                FOLDER.resolve(job.id() + ".mp3"), FileTime.from(Instant.parse("2026-11-01T12:00:01Z")));

        assertThat(header(head(path()), "ETag")).isNotEqualTo(before);
    }

    private String path() {
        return "/download-music/" + job.id();
    }

    private void finished() throws IOException {
        Path file = Files.write(FOLDER.resolve(job.id() + ".mp3"), CONTENT);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-01T12:00:00Z")));
        statuses.finish(attempt);
    }

    private void assertInvalid(String path) {
        HttpResponse<String> response = page(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body()).contains("There is no such file");
    }

    private static String[] with(boolean sendfile, String... headers) {
        if (sendfile) {
            return headers;
        }
        String[] more = Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = WITHOUT_SENDFILE;
        more[headers.length + 1] = "yes";
        return more;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }
}
