package youtubemp3.web.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** What one client may ask for, through a running server that trusts a proxy on this machine. */
@TestPropertySource(
        properties = {
            "youtubemp3.limits.submissions-per-minute=5",
            "youtubemp3.limits.waiting-jobs=3",
            "youtubemp3.limits.downloads-at-once=2",
            "server.tomcat.remoteip.internal-proxies=127.0.0.1",
        })
class LimitsTest extends RunningWeb {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private Playlists playlists;

    private final List<Socket> downloads = new ArrayList<>();

    @BeforeEach
    void emptyRedisAndAddAVideo() {
        redis.delete(redis.keys("*"));
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : downloads) {
            socket.close();
        }
        // ids are never given back
        await().atMost(Duration.ofSeconds(45))
                .until(() -> redis.keys("limit:downloads:*").isEmpty());
    }

    // ---- submissions a minute

    @Test
    void aClientThatSubmitsTooOftenIsToldWhenToComeBackAndYoutubeIsNotAsked() {
        for (int i = 0; i < 5; i++) {
            assertThat(submitFrom("192.0.2.1", "absent0000" + i).statusCode()).isEqualTo(400);
        }
        HttpResponse<String> response = submitFrom("192.0.2.1", "never000001");

        assertTooMany(response);
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 12);
        assertThat(YOUTUBE.requests()).noneMatch(request -> request.contains("never000001"));
        assertThat(submitFrom("192.0.2.2", "there000001").statusCode()).isEqualTo(201);
        assertAllKeysEnd();
    }

    @Test
    void thePlainFormComesBackWithTheSentence() {
        for (int i = 0; i < 5; i++) {
            submitFrom("192.0.2.1", "absent0000" + i);
        }
        HttpResponse<String> response = post(
                "/submit",
                FORM,
                "video_url=there000001",
                "X-Forwarded-For",
                "192.0.2.1",
                "Sec-Fetch-Site",
                "same-origin");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().allValues("Retry-After")).hasSize(1);
        assertThat(response.body()).contains("value=\"there000001\"", "Too many links came from your address");
    }

    @Test
    void whatIsNoLinkCostsNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(submitFrom("192.0.2.1", "no link").statusCode()).isEqualTo(400);
        }
        assertThat(submitFrom("192.0.2.1", "there000001").statusCode()).isEqualTo(201);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        for (int i = 0; i < 5; i++) {
            assertThat(submitFrom("2001:db8:0:1::" + i, "absent0000" + i).statusCode())
                    .isEqualTo(400);
        }
        assertTooMany(submitFrom("2001:db8:0:1:ffff::", "there000001"));
        assertThat(submitFrom("2001:db8:0:2::1", "there000001").statusCode()).isEqualTo(201);
    }

    @Test
    void whatAClientSaysBeforeTheTrustedProxyChangesNothing() {
        for (int i = 0; i < 5; i++) {
            submitFrom("198.51.100." + i + ", 192.0.2.1", "absent0000" + i);
        }
        assertTooMany(submitFrom("198.51.100.9, 192.0.2.1", "there000001"));
    }

    // ---- what they cost

    /** The smallest number of several submissions, since scheduled tasks ask Redis too. */
    @Test
    void aSubmissionOfAKnownVideoCostsRedisSixRoundTrips() throws Exception {
        submitFrom("192.0.2.1", "there000001");
        List<List<String>> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String client = "198.51.100." + i;
            String video = "known00000" + i;
            redis.opsForValue().set("ve_" + video, "200");
            asked.add(commandsOf(
                    () -> assertThat(submitFrom(client, video).statusCode()).isEqualTo(201)));
        }
        assertThat(asked.stream().min(Comparator.comparing(List::size)))
                .hasValueSatisfying(commands -> assertThat(commands).hasSize(6));
    }

    @Test
    void theSameWishCostsRedisOneRoundTripAndNoneOfTheLimits() throws Exception {
        submitFrom("192.0.2.1", "there000001");
        List<List<String>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(commandsOf(
                    () -> assertThat(submitFrom("192.0.2.1", "there000001").statusCode())
                            .isEqualTo(201)));
        }
        assertThat(asked.stream().min(Comparator.comparing(List::size)))
                .hasValueSatisfying(commands -> assertThat(commands).hasSize(1));
    }

    /** The commands that MONITOR shows, without those that scripts call: they cost no round trip. */
    private static List<String> commandsOf(Runnable action) throws IOException {
        try (Socket monitor = new Socket(SERVER.host(), SERVER.port());
                Socket client = new Socket(SERVER.host(), SERVER.port())) {
            monitor.setSoTimeout(10_000);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8));
            monitor.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("+OK");
            action.run();
            client.getOutputStream().write("ECHO the-end\r\n".getBytes(StandardCharsets.UTF_8));
            return Stream.generate(() -> line(lines))
                    .takeWhile(line -> !line.contains("the-end"))
                    .filter(line -> !line.contains(" lua]"))
                    .toList();
        }
    }

    private static String line(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- waiting jobs

    @Test
    void aClientHasOnlySoManyJobsWaiting() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String video = "known00000" + i;
            redis.opsForValue().set("ve_" + video, "200");
            HttpResponse<String> response = submitFrom("192.0.2.1", video);
            assertThat(response.statusCode()).isEqualTo(201);
            String id = json(response).get("data").get("filename").stringValue();
            jobs.add(new Job(UUID.fromString(id), new VideoId(video), OutputOptions.DEFAULT));
        }
        HttpResponse<String> refused = submitFrom("192.0.2.1", "there000001");
        assertTooMany(refused);
        assertThat(json(refused).get("message").stringValue()).contains("are waiting");
        assertThat(submitFrom("192.0.2.2", "there000001").statusCode()).isEqualTo(201);
        assertAllKeysEnd();

        redis.opsForValue().set("ve_known000009", "200");
        assertTooMany(submitFrom("192.0.2.1", "known000009"));
        statuses.finish(statuses.begin(jobs.get(0).id()).orElseThrow());
        assertThat(submitFrom("192.0.2.1", "there000001").statusCode()).isEqualTo(201);
    }

    @Test
    void aLinkThatComesToNothingDoesNotWait() {
        for (int i = 0; i < 4; i++) {
            assertThat(submitFrom("192.0.2.1", "absent0000" + i).statusCode()).isEqualTo(400);
        }
        assertThat(redis.hasKey("{jobs}:open:192.0.2.1")).isFalse();
        assertThat(submitFrom("192.0.2.1", "there000001").statusCode()).isEqualTo(201);
    }

    // ---- downloads at once

    @Test
    void aClientIsSentOnlySoManyFilesAtOnce() throws Exception {
        String path = finished(40_000_000);
        Socket first = download(path, "192.0.2.1");
        download(path, "192.0.2.1");

        HttpResponse<String> script = get(path, "X-Forwarded-For", "192.0.2.1");
        assertTooMany(script);
        assertThat(script.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(script.headers().firstValue("ETag")).isEmpty();
        HttpResponse<String> browser = get(path, "X-Forwarded-For", "192.0.2.1", "Accept", "text/html");
        assertThat(browser.statusCode()).isEqualTo(429);
        assertThat(browser.headers().allValues("Retry-After")).containsExactly("30");
        assertThat(browser.body()).contains("Too many requests came from your address.");

        // what sends no file takes no place, and others have their own
        assertThat(head(path, "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(get(path, "X-Forwarded-For", "192.0.2.1", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(304);
        assertThat(get(path, "X-Forwarded-For", "192.0.2.1", "Range", "bytes=99999999-")
                        .statusCode())
                .isEqualTo(416);
        assertThat(partFor("192.0.2.2", path)).isEqualTo(206);

        first.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> partFor("192.0.2.1", path) == 206);
        assertAllKeysEnd();
    }

    @Test
    void oneAfterTheOtherThereMayBeAnyNumber() throws Exception {
        String path = finished(1_000);
        for (int i = 0; i < 20; i++) {
            assertThat(partFor("192.0.2.1", path)).isEqualTo(206);
        }
    }

    @Test
    void theNextFileOnAConnectionTakesThePlaceOfTheOneBefore() throws Exception {
        download(finished(40_000_000), "192.0.2.1");
        String path = finished(10);
        Socket other = new Socket("127.0.0.1", address("/").getPort());
        downloads.add(other);
        for (int i = 0; i < 5; i++) {
            other.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder headers = new StringBuilder();
            while (headers.indexOf("\r\n\r\n") < 0) {
                headers.append((char) other.getInputStream().read());
            }
            assertThat(headers).startsWith("HTTP/1.1 200 ");
            other.getInputStream().readNBytes(10);
        }
    }

    @Test
    @Tag("long")
    void aDownloadThatGoesOnKeepsItsPlace() throws Exception {
        String path = finished(200_000_000);
        Socket one = download(path, "192.0.2.1");
        Socket two = download(path, "192.0.2.1");
        byte[] piece = new byte[500_000];
        // longer than a lease
        long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < until) {
            one.getInputStream().readNBytes(piece, 0, piece.length);
            two.getInputStream().readNBytes(piece, 0, piece.length);
            assertThat(partFor("192.0.2.1", path)).isEqualTo(429);
            // 10 MB/s at most, so that the file lasts
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    @Tag("long")
    void aDownloadThatIsNotReadKeepsItsPlaceUntilItsConnectionIsClosed() throws Exception {
        String path = finished(40_000_000);
        download(path, "192.0.2.1");
        download(path, "192.0.2.1");

        // longer than a lease
        await().during(Duration.ofSeconds(12))
                .atMost(Duration.ofSeconds(14))
                .until(() -> partFor("192.0.2.1", path) == 429);
        // which Tomcat does after 30 s
        await().atMost(Duration.ofSeconds(45)).until(() -> partFor("192.0.2.1", path) == 206);
    }

    @Test
    void thePlacesOfAProcessThatDiedRunOut() throws Exception {
        String path = finished(1_000);
        double soon = System.currentTimeMillis() + 3_000;
        redis.opsForZSet().add("limit:downloads:192.0.2.1", "dead-1", soon);
        redis.opsForZSet().add("limit:downloads:192.0.2.1", "dead-2", soon);
        redis.expire("limit:downloads:192.0.2.1", Duration.ofSeconds(60));

        assertThat(partFor("192.0.2.1", path)).isEqualTo(429);
        await().atMost(Duration.ofSeconds(30)).until(() -> partFor("192.0.2.1", path) == 206);
    }

    private String finished(int size) throws IOException {
        Job job = RandomJob.of(new VideoId("there000001"));
        statuses.onQueue(job, "", 0);
        statuses.finish(statuses.begin(job.id()).orElseThrow());
        Files.write(FOLDER.resolve(job.id() + ".mp3"), new byte[size]);
        return "/download-music/" + job.id();
    }

    private int partFor(String client, String path) {
        return bytes(path, "X-Forwarded-For", client, "Range", "bytes=0-9").statusCode();
    }

    /** Begins it, and reads the first line of the answer. */
    private Socket download(String path, String client) throws IOException {
        Socket socket = new Socket();
        downloads.add(socket);
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", address("/").getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + client + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200 ");
        return socket;
    }

    private HttpResponse<String> submitFrom(String client, String link) {
        return post("/submit", "application/json", "{\"video_url\":\"" + link + "\"}", "X-Forwarded-For", client);
    }

    private void assertAllKeysEnd() {
        assertThat(redis.keys("limit:*"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(redis.getExpire(key)).isPositive());
    }

    private static void assertTooMany(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().allValues("Retry-After")).hasSize(1);
        assertThat(json(response).propertyNames()).containsExactly("data", "message", "message_code", "error_fields");
        assertThat(json(response).get("message_code").stringValue()).isEqualTo("TOO_MANY_REQUESTS");
    }

    // ---- playlists

    private HttpResponse<String> tickFrom(String address, PlaylistId id, String... videos) {
        return post(
                "/playlists/" + id,
                "application/json",
                "{\"videos\":[\"" + String.join("\",\"", videos) + "\"]}",
                "X-Forwarded-For",
                address);
    }

    @Test
    void aPlaylistForWhichThereIsNotRoomEnqueuesNothingAndSaysForHowManyThereIs() {
        PlaylistId id = new PlaylistId("PL0123456789abcdef", null);
        List<Playlist.Entry> entries = IntStream.range(0, 5)
                .mapToObj(i -> new Playlist.Entry(
                        new VideoId("there00000" + i), "A video", null, Playlist.Availability.AVAILABLE))
                .toList();
        playlists.complete(new Playlist(id, "A list", entries, false));
        assertThat(submitFrom("192.0.2.1", "there000001").statusCode()).isEqualTo(201);

        HttpResponse<String> many = tickFrom("192.0.2.1", id, "there000000", "there000001", "there000002");
        assertTooMany(many);
        assertThat(json(many).get("message").stringValue()).contains("2 more can be added");
        assertThat(statuses.open()).isEqualTo(1);
        assertThat(redis.keys("job:*:wishes")).hasSize(1);

        assertThat(tickFrom("192.0.2.1", id, "there000000", "there000002").statusCode())
                .isEqualTo(201);
        assertThat(statuses.open()).isEqualTo(3);
        // those that are there need no room
        assertThat(tickFrom("192.0.2.1", id, "there000002", "there000000").statusCode())
                .isEqualTo(201);
        assertAllKeysEnd();
    }

    @Test
    void aPlaylistCountsAsOneLinkWhenItIsRequestedFirst() {
        for (int i = 0; i < 5; i++) {
            String path = "/playlists/PL0123456789abcde" + i;
            for (int view = 0; view < 3; view++) {
                assertThat(get(path, "X-Forwarded-For", "192.0.2.1").statusCode())
                        .isEqualTo(202);
            }
        }
        assertTooMany(get("/playlists/PL0123456789abcde9", "X-Forwarded-For", "192.0.2.1"));
    }
}
