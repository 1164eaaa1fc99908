package youtubemp3.web.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.AlbumTrack;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Status;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** A playlist from its link to a ZIP, through a running server. What a worker does is done by the tests. */
class PlaylistTest extends RunningWeb {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String STREAM = "{jobs}:stream";
    private static final PlaylistId ALBUM = new PlaylistId("OLAK5uy_k0123456789abcdef", null);
    private static final PlaylistId MIX = new PlaylistId("RDMM", new VideoId("there000001"));
    private static final String PATH = "/playlists/" + ALBUM;

    @Autowired
    private Playlists playlists;

    @Autowired
    private JobStatuses statuses;

    @BeforeEach
    void emptyRedis() {
        redis.delete(redis.keys("*"));
    }

    private static Entry entry(String video, String title, Availability availability) {
        Duration length = availability == Availability.AVAILABLE ? Duration.ofSeconds(185) : null;
        return new Entry(new VideoId(video), title, length, availability);
    }

    private void list(PlaylistId id, boolean cut) {
        List<Entry> entries = List.of(
                entry("there000001", "One & only", Availability.AVAILABLE),
                entry("private0001", "[Private video]", Availability.PRIVATE),
                entry("there000003", "Three", Availability.AVAILABLE),
                entry("there000001", "One & only", Availability.AVAILABLE));
        playlists.complete(new Playlist(id, "Album - <Best> of", entries, cut));
    }

    private HttpResponse<String> ticked(String... videos) {
        return post(PATH, JSON, "{\"videos\":[\"" + String.join("\",\"", videos) + "\"]}");
    }

    private static String batch(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return "/batches/" + json(response).get("data").get("batch").stringValue();
    }

    private List<UUID> jobs(String batch) {
        return json(get(batch))
                .get("jobs")
                .valueStream()
                .map(job -> UUID.fromString(job.get("id").stringValue()))
                .toList();
    }

    private long enqueued() {
        Long size = redis.opsForStream().size(STREAM);
        return size == null ? 0 : size;
    }

    private void finish(UUID job, String content) throws IOException {
        Attempt attempt = statuses.begin(job).orElseThrow();
        Files.writeString(FOLDER.resolve(job + ".mp3"), content);
        statuses.finish(attempt);
    }

    // ---- the link

    @Test
    void aLinkToAPlaylistLeadsToItsPage() {
        String link = "https://music.youtube.com/playlist?list=" + ALBUM;

        HttpResponse<String> form = post("/submit", FORM, "video_url=" + link);
        assertThat(form.statusCode()).isEqualTo(303);
        assertThat(form.headers().firstValue("Location")).hasValue("playlists/" + ALBUM);

        HttpResponse<String> script = submit(link);
        assertThat(script.statusCode()).isEqualTo(400);
        assertThat(json(script).get("message_code").stringValue()).isEqualTo("INVALID_LINK");
        assertThat(json(script).get("data").get("playlist").stringValue()).isEqualTo(ALBUM.toString());
        assertThat(json(script).get("error_fields").get("video_url").stringValue())
                .contains("GET /playlists/" + ALBUM);
    }

    @Test
    void aVideoOfAPlaylistIsConvertedAndItsPageOffersTheList() {
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
        String link = "https://www.youtube.com/watch?v=there000001&list=RDMM";

        HttpResponse<String> script = submit(link);
        assertThat(script.statusCode()).isEqualTo(201);
        assertThat(json(script).get("data").get("playlist").stringValue()).isEqualTo("RDMM.there000001");

        HttpResponse<String> form = post("/submit", FORM, "video_url=" + link.replace("&", "%26"));
        String page = form.headers().firstValue("Location").orElseThrow();
        assertThat(page).endsWith("&list=RDMM.there000001");
        assertThat(page("/" + page).body()).contains("href=\"../playlists/RDMM.there000001\"");
        assertThat(page("/" + page.substring(0, page.indexOf("&list"))).body()).doesNotContain("../playlists/");
    }

    // ---- the list

    @Test
    void aPlaylistIsRequestedAndItsPageRefreshesItself() {
        HttpResponse<String> page = page(PATH);

        assertThat(page.statusCode()).isEqualTo(202);
        assertThat(page.body()).contains("http-equiv=\"refresh\"", "data-reload");
        assertThat(playlists.take(Duration.ofSeconds(30))).contains(ALBUM);
        HttpResponse<String> script = get(PATH, "Accept", JSON);
        assertThat(script.statusCode()).isEqualTo(202);
        assertThat(json(script).get("state").stringValue()).isEqualTo("waiting");
        assertThat(json(script).get("title").isNull()).isTrue();
    }

    @Test
    void aPlaylistThatCannotBeListedSaysWhy() {
        playlists.fail(ALBUM, new Failure("PLAYLIST_EMPTY"));

        assertThat(page(PATH).statusCode()).isEqualTo(200);
        assertThat(page(PATH).body())
                .contains("There is no video in this playlist.")
                .doesNotContain("http-equiv=\"refresh\"");
        JsonNode failed = json(get(PATH));
        assertThat(failed.get("state").stringValue()).isEqualTo("failed");
        assertThat(failed.get("failure").get("kind").stringValue()).isEqualTo("PLAYLIST_EMPTY");
    }

    @Test
    void aListHasABoxForEachVideoThatIsAvailable() {
        list(ALBUM, false);

        HttpResponse<String> page = page(PATH);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<h1>Album - &lt;Best&gt; of</h1>", "4 videos.", "One &amp; only", "3:05", "private")
                .containsPattern("value=\"there000003\"\\s+checked")
                .containsPattern("value=\"private0001\"\\s+disabled")
                .contains("name=\"format\"", "name=\"cover\"")
                .doesNotContain("name=\"from\"", "name=\"chapters\"", "http-equiv=\"refresh\"");
        JsonNode listed = json(get(PATH));
        assertThat(listed.get("cut").booleanValue()).isFalse();
        assertThat(listed.get("entries").get(1).get("availability").stringValue())
                .isEqualTo("private");
        assertThat(listed.get("entries").get(2).get("duration_seconds").intValue())
                .isEqualTo(185);
    }

    @Test
    void aListThatIsCutSaysSo() {
        list(ALBUM, true);
        list(MIX, true);

        assertThat(page(PATH).body()).contains("only the first 4 are shown");
        assertThat(page("/playlists/" + MIX).body()).contains("these are the first 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/playlists/WL", "/playlists/RDMM", "/playlists/x y", "/batches/x", "/batches/1-1-1-1-1"})
    void whatIsNoIdIsNotThere(String path) {
        assertThat(get(path.replace(" ", "%20")).statusCode()).isEqualTo(404);
    }

    // ---- the ticked

    @Test
    void theTickedBecomeJobsOfOneAlbum() {
        list(ALBUM, false);

        List<UUID> jobs = jobs(batch(ticked("there000003", "there000001")));

        assertThat(jobs).hasSize(2);
        assertThat(enqueued()).isEqualTo(2);
        JobStatus third = statuses.find(jobs.get(1)).orElseThrow();
        assertThat(third.output().albumTrack()).isEqualTo(new AlbumTrack("<Best> of", 3));
        assertThat(third.track().title()).isEqualTo("Three");
        assertThat(statuses.find(jobs.get(0)).orElseThrow().output().albumTrack())
                .isEqualTo(new AlbumTrack("<Best> of", 1));
        assertThat(jobs(batch(ticked("there000003")))).as("the same wish").containsExactly(jobs.get(1));
        assertThat(enqueued()).isEqualTo(2);
    }

    @Test
    void theFormLeadsToTheBatch() {
        list(ALBUM, false);

        HttpResponse<String> response = post(PATH, FORM, "video=there000001&video=there000003&format=opus");

        assertThat(response.statusCode()).isEqualTo(303);
        String batch = response.headers().firstValue("Location").orElseThrow().substring(2);
        assertThat(page(batch).body()).contains("0 of 2 are ready.", "Three", "http-equiv=\"refresh\"");
        assertThat(statuses.find(jobs(batch).get(0)).orElseThrow().output().extension())
                .isEqualTo("opus");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"videos\":[]}', videos, INVALID_OPTION",
        "'{\"videos\":[\"private0001\"]}', videos, INVALID_OPTION",
        "'{\"videos\":[\"there000001\",\"absent00001\"]}', videos, INVALID_OPTION",
        "'{\"videos\":\"there000001\"}', videos, INVALID_REQUEST",
        "'{\"videos\":[1]}', videos, INVALID_REQUEST",
        "'{\"videos\":[\"there000001\"],\"from\":\"3\"}', from, INVALID_OPTION",
        "'{\"videos\":[\"there000001\"],\"chapters\":\"split\"}', chapters, INVALID_OPTION",
        "'{\"videos\":[\"there000001\"],\"format\":\"wav\"}', format, INVALID_OPTION",
    })
    void whatCannotBeMeantIsRejectedAsAWhole(String body, String field, String code) {
        list(ALBUM, false);

        HttpResponse<String> response = post(PATH, JSON, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("message_code").stringValue()).isEqualTo(code);
        assertThat(json(response).get("error_fields").has(field)).isTrue();
        assertThat(enqueued()).isZero();
    }

    @Test
    void aRejectedFormKeepsWhatWasTicked() {
        list(ALBUM, false);

        HttpResponse<String> response = post(PATH, FORM, "video=there000003&quality=x");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("There is no such quality.")
                .containsPattern("value=\"there000003\"\\s+checked")
                .doesNotContainPattern("value=\"there000001\"\\s+checked");
    }

    @Test
    void aListThatIsOverIsListedAnew() {
        assertThat(ticked("there000001").statusCode()).isEqualTo(409);
        HttpResponse<String> form = post(PATH, FORM, "video=there000001");
        assertThat(form.statusCode()).isEqualTo(303);
        assertThat(form.headers().firstValue("Location")).hasValue(ALBUM.toString());
    }

    // ---- the batch

    @Test
    void aBatchShowsItsJobsAndIsOneZip() throws IOException {
        list(ALBUM, false);
        String batch = batch(ticked("there000001", "there000003"));
        List<UUID> jobs = jobs(batch);
        assertThat(get(zip(batch)).statusCode()).isEqualTo(404);

        finish(jobs.get(0), "one");
        statuses.fail(statuses.begin(jobs.get(1)).orElseThrow(), new Failure("PRIVATE"));

        JsonNode done = json(get(batch));
        assertThat(done.get("title").stringValue()).isEqualTo("<Best> of");
        assertThat(done.get("open").intValue()).isZero();
        assertThat(done.get("finished").intValue()).isEqualTo(1);
        assertThat(done.get("jobs").get(0).get("status").stringValue()).isEqualTo(Status.FINISH.name());
        assertThat(page(batch).body())
                .contains("1 of 2 are ready.", "This video is private.", "href=\".." + zip(batch) + "\"")
                .contains("href=\"../download-music/" + jobs.get(0) + "\"")
                .doesNotContain("http-equiv=\"refresh\"");

        HttpResponse<byte[]> zip = bytes(zip(batch));
        assertThat(zip.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"")
                .contains("Best")
                .endsWith(".zip");
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            assertThat(files.getNextEntry().getName()).isEqualTo("01 One & only.mp3");
            assertThat(files.readAllBytes()).asString().isEqualTo("one");
            assertThat(files.getNextEntry()).isNull();
        }
    }

    private static String zip(String batch) {
        return "/download-zip?batch=" + batch.substring("/batches/".length());
    }

    @Test
    void anUnreadableBatchIsAbsent() {
        UUID id = UUID.randomUUID();
        for (String value : List.of("junk", "{\"title\":\"x\"}", "{\"title\":\"x\",\"jobs\":[null]}")) {
            redis.opsForValue().set("batch:" + id, value);
            assertThat(get("/batches/" + id).statusCode()).as(value).isEqualTo(404);
        }
        redis.delete("batch:" + id);
        redis.opsForList().leftPush("batch:" + id, "junk");
        assertThat(get("/batches/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void aBatchEnds() {
        list(ALBUM, false);
        String batch = batch(ticked("there000001"));

        assertThat(redis.getExpire(batch.substring(1).replace("batches/", "batch:")))
                .isPositive();
    }
}
