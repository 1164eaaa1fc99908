package youtubemp3.web.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.storage.StorageProblem.Reason;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.standin.video.Thumbnail;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** POST /submit through a running server, with a real Redis, and the stand-in for YouTube. */
@ExtendWith(OutputCaptureExtension.class)
class SubmitTest extends RunningWeb {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String STREAM = "{jobs}:stream";

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private WorkerStorage storage;

    @Autowired
    private JobSettings settings;

    @Autowired
    private WorkerHeartbeats workers;

    @BeforeEach
    void emptyRedisAndAddAVideo() {
        redis.delete(redis.keys("*"));
        storage.read();
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
    }

    @Test
    void aLinkBecomesAJob() {
        HttpResponse<String> response = submit(" youtube.com/watch?list=PL1&amp;v=there000001 ");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode answer = json(response);
        assertThat(answer.propertyNames()).containsExactly("data", "message", "message_code", "error_fields");
        assertThat(answer.get("data").propertyNames()).containsExactly("filename", "wish");
        assertThat(answer.get("message_code").stringValue()).isEqualTo("ENQUEUED");
        assertThat(answer.get("error_fields").isEmpty()).isTrue();
        String id = answer.get("data").get("filename").stringValue();
        assertThat(UUID.fromString(id)).hasToString(id);
        assertThat(response.headers().firstValue("Location")).hasValue("download-music/" + id);

        assertThat(redis.opsForValue().get(id)).isEqualTo("ONQUEUE");
        assertThat(redis.getExpire(id, TimeUnit.HOURS)).isBetween(47L, 48L);
        assertThat(redis.opsForHash().get("job:" + id, "video")).isEqualTo("there000001");
        assertThat(redis.opsForStream().size(STREAM)).isOne();
        assertThat(redis.opsForValue().get("ve_there000001")).isEqualTo("200");
        assertThat(redis.getExpire("ve_there000001", TimeUnit.MINUTES)).isBetween(1438L, 1440L);
    }

    @Test
    void theSameVideoAgainIsTheSameJobAndNoQuestionToYouTube() {
        String first = json(submit("there000001")).get("data").get("filename").stringValue();
        long asked = probes("there000001");
        String second = json(submit("https://youtu.be/there000001"))
                .get("data")
                .get("filename")
                .stringValue();

        assertThat(second).isEqualTo(first);
        assertThat(probes("there000001")).isEqualTo(asked).isPositive();
    }

    @Test
    void aVideoThatCouldNotBeConvertedAMomentAgo() {
        redis.opsForValue().set("vf_there000001", "PRIVATE This video is private.");

        HttpResponse<String> response = submit("https://youtu.be/there000001");

        assertError(response, 400, "CANNOT_CONVERT");
        assertThat(json(response).at("/error_fields/video_url").stringValue()).isEqualTo("This video is private.");
        assertThat(redis.opsForStream().size(STREAM)).isZero();
    }

    @Test
    void noWorkerThatHasRoom() {
        send("full-1", "the disk is full", Reason.FULL);
        send("unwritable-1", "the folder /data cannot be written to", Reason.NOT_WRITABLE);
        storage.read();
        HttpResponse<String> response = submit("there000001");
        assertError(response, 503, "STORAGE_FULL");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("300");
        assertThat(redis.opsForStream().size(STREAM)).isZero();

        send("free-1", null, null);
        storage.read();
        assertThat(submit("there000001").statusCode()).isEqualTo(201);
    }

    @Test
    void noWorkerThatCanWriteToItsFolder() {
        send("unwritable-1", "the folder /data cannot be written to", Reason.NOT_WRITABLE);
        storage.read();
        HttpResponse<String> response = submit("there000001");
        assertError(response, 503, "STORAGE_NOT_WRITABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("300");
        assertThat(redis.opsForStream().size(STREAM)).isZero();
    }

    @Test
    void aWorkerOfAnOlderVersionThatHasAProblemCountsAsFull() {
        send("older-1", "the disk is full", null);
        storage.read();
        assertError(submit("there000001"), 503, "STORAGE_FULL");
    }

    private void send(String worker, String problem, Reason reason) {
        workers.send(new WorkerHeartbeat(worker, "2026.10.26", "7.1", 2, 0, problem, reason, null, Instant.now()));
    }

    @Test
    void aVideoThatYouTubeDoesNotKnow() {
        HttpResponse<String> response = submit("https://youtu.be/absent00001");

        assertError(response, 400, "VIDEO_DONT_EXISTS");
        assertThat(json(response).get("error_fields").propertyNames()).containsExactly("video_url");
        assertThat(redis.opsForValue().get("ve_absent00001")).isEqualTo("404");
        assertThat(redis.getExpire("ve_absent00001", TimeUnit.MINUTES)).isBetween(58L, 60L);
        assertThat(redis.keys("*")).containsExactly("ve_absent00001");

        long asked = probes("absent00001");
        assertError(submit("absent00001"), 400, "VIDEO_DONT_EXISTS");
        assertThat(probes("absent00001")).isEqualTo(asked);
    }

    @Test
    void aTextWithALinkBecomesAJob() {
        String text = "Watch \u201cA video\u201d\u00a0on YouTube:\nhttps://youtu.be/there000001?si=x.";

        assertThat(submit(text).statusCode()).isEqualTo(201);
        assertThat(form("video_url=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void linksToTwoVideosAreNotGuessedAt() {
        HttpResponse<String> response = submit("https://youtu.be/there000001 https://youtu.be/there000002");

        assertError(response, 400, "INVALID_LINK");
        assertThat(json(response).at("/error_fields/video_url").stringValue())
                .isEqualTo("These are links to different videos. Paste one of them at a time.");
        assertThat(redis.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "hello", "https://youtube.com.evil.org/watch?v=there000001", "\u0000", "\ud83c\udf84"})
    void whatIsNoLink(String link) {
        HttpResponse<String> response = submit(link);

        assertError(response, 400, "INVALID_LINK");
        assertThat(json(response).get("error_fields").get("video_url").stringValue())
                .isNotBlank()
                .isEqualTo(json(response).get("message").stringValue());
        assertThat(redis.keys("*")).isEmpty();
    }

    static Stream<Arguments> bodiesThatAreNoSuchJson() {
        return Stream.of(
                Arguments.of("", false),
                Arguments.of(" ", false),
                Arguments.of("nonsense", false),
                Arguments.of("null", false),
                Arguments.of("\"there000001\"", false),
                Arguments.of("[\"there000001\"]", false),
                Arguments.of("[{\"video_url\":\"there000001\"}]", false),
                Arguments.of("{\"video_url\":\"there000001\"", false),
                Arguments.of("{\"video_url\":\"there000001\"} x", false),
                Arguments.of("{\"video_url\":\"there000001\"}{}", false),
                Arguments.of("{\"video_url\":\"there000001\",}", false),
                Arguments.of("{video_url:'there000001'}", false),
                Arguments.of("{\"video_url\":\"absent00001\",\"video_url\":\"there000001\"}", false),
                Arguments.of(
                        "{\"video_url\":\"there000001\",\"a\":" + "[".repeat(4000) + "]".repeat(4000) + "}", false),
                Arguments.of("[".repeat(8000), false),
                Arguments.of("{\"a\":".repeat(1500), false),
                Arguments.of("{\"video_url\":\"\\ud8\"}", false),
                Arguments.of("{}", true),
                Arguments.of("{\"link\":\"there000001\"}", true),
                Arguments.of("{\"VIDEO_URL\":\"there000001\"}", true),
                Arguments.of("{\"video_url\":null}", true),
                Arguments.of("{\"video_url\":1}", true),
                Arguments.of("{\"video_url\":true}", true),
                Arguments.of("{\"video_url\":[\"there000001\"]}", true),
                Arguments.of("{\"video_url\":{\"a\":\"there000001\"}}", true));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNoSuchJson")
    void aBodyThatIsNoSuchJson(String body, boolean fieldAtFault) {
        HttpResponse<String> response = post("/submit", JSON, body);

        assertError(response, 400, "INVALID_REQUEST");
        assertThat(json(response).get("error_fields").has("video_url")).isEqualTo(fieldAtFault);
        assertThat(redis.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"video_url\":\"there000001\",\"Quality\":321,\"more\":{\"a\":[1,2,null]}}",
                "\n{ \"video_url\" : \"https:\\/\\/youtu.be\\/there\\u0030\\u00300001\" }\n",
            })
    void whatDoesNotMatterInABody(String body) {
        assertThat(post("/submit", JSON + ";charset=utf-8", body).statusCode()).isEqualTo(201);
    }

    // ---- the options

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                               | {format=mp3}",
                "{'quality':null,'format':''}     | {format=mp3}",
                "{'format':'opus'}                | {format=opus}",
                "{'quality':320}                  | {format=mp3, quality=320}",
                "{'quality':'v0','normalize':true}| {format=mp3, quality=v0, normalize=true}",
                "{'normalize':'false'}            | {format=mp3}",
                "{'from':62.5,'to':' 1:10 '}      | {format=mp3, from=62.5, to=70}",
                "{'from':'1:02,5','format':'m4a'} | {format=m4a, from=62.5}",
                "{'chapters':'split'}             | {format=mp3, chapters=split}",
                "{'cover':'square'}               | {format=mp3, cover=square}",
            })
    void theOptionsOfAScript(String options, String stored) {
        HttpResponse<String> response = submitWith(options);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(options(json(response).at("/data/filename").stringValue())).hasToString(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "'', {format=mp3}",
        "&format=mp3&quality=&from=&to=&chapters=none&cover=original, {format=mp3}",
        "'&format=m4a&from=+0%3A30+&format=opus', '{format=m4a, from=30}'",
        "&quality=128&normalize=true&chapters=mark&cover=square, '{format=mp3, quality=128, normalize=true, chapters=mark, cover=square}'",
    })
    void theOptionsOfAForm(String options, String stored) {
        HttpResponse<String> response = form("video_url=there000001" + options);

        assertThat(response.statusCode()).isEqualTo(303);
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(options(location.replaceFirst(".*/", ""))).hasToString(stored);
    }

    /** What the status says, which is what the job was given. */
    private Map<String, String> options(String id) {
        Map<String, String> options = new LinkedHashMap<>();
        json(get("/status/" + id)).get("options").forEachEntry((name, value) -> options.put(name, value.stringValue()));
        return options;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'format':'flac'}                    | format    | There is no such format.",
                "{'format':'MP3'}                     | format    | There is no such format.",
                "{'format':3}                         | format    | There is no such format.",
                "{'quality':321}                      | quality   | There is no such quality.",
                "{'quality':320.5}                    | quality   | There is no such quality.",
                "{'quality':320,'format':'m4a'}       | quality   | Only an MP3 has a quality to choose.",
                "{'normalize':'on'}                   | normalize | There is no such choice.",
                "{'normalize':1}                      | normalize | There is no such choice.",
                "{'normalize':true,'format':'opus'}   | normalize | Only an MP3 can get another loudness.",
                "{'from':'soon'}                      | from      | The start is not a time",
                "{'from':-1}                          | from      | The start is not a time",
                "{'from':1e300}                       | from      | The start is not a time",
                "{'to':'1:60'}                        | to        | The end is not a time",
                "{'from':10,'to':10}                  | to        | The end must be after the start.",
                "{'to':0}                             | to        | The end must be after the start.",
                "{'chapters':true}                    | chapters  | There is no such choice.",
                "{'cover':'round'}                    | cover     | There is no such choice.",
            })
    void anOptionThatCannotBeMeant(String options, String field, String sentence) {
        HttpResponse<String> response = submitWith(options);

        assertError(response, 400, "INVALID_OPTION");
        assertThat(json(response).get("error_fields").propertyNames()).containsExactly(field);
        assertThat(json(response).get("error_fields").get(field).stringValue())
                .startsWith(sentence)
                .isEqualTo(json(response).get("message").stringValue());
        assertThat(redis.keys("*")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'format':['mp3']}               | format",
                "{'quality':{}}                   | quality",
                "{'normalize':[]}                 | normalize",
                "{'from':{'a':1}}                 | from",
                "{'to':[1]}                       | to",
                "{'chapters':[null]}              | chapters",
                "{'cover':{'cover':'square'}}     | cover",
            })
    void anOptionThatIsNoValue(String options, String field) {
        HttpResponse<String> response = submitWith(options);

        assertError(response, 400, "INVALID_REQUEST");
        assertThat(json(response).get("error_fields").propertyNames()).containsExactly(field);
        assertThat(redis.keys("*")).isEmpty();
    }

    @Test
    void anOptionThatIsGivenTwiceIsNotGuessedAt() {
        assertError(
                post("/submit", JSON, "{\"video_url\":\"there000001\",\"quality\":128,\"quality\":320}"),
                400,
                "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "from=soon, from, The start is not a time such as 1:02.5",
        "from=2:00&to=1:00, to, The end must be after the start.",
        "format=m4a&quality=320, quality, Only an MP3 has a quality to choose.",
        "format=opus&normalize=true, normalize, Only an MP3 can get another loudness.",
        "format=flac, format, There is no such format.",
        "chapters=all, chapters, There is no such choice.",
    })
    void aFormComesBackWithTheSentenceAtTheField(String options, String field, String sentence) {
        HttpResponse<String> response = form("video_url=there000001&" + options);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("value=\"there000001\"", "<details open")
                .contains("id=\"" + field + "-error\">" + sentence)
                .doesNotContain("id=\"video_url-error\">");
    }

    @Test
    void aFormKeepsWhatWasChosenWhateverIsWrong() {
        String body =
                form("video_url=hello&format=mp3&quality=v2&normalize=true&from=%22%3E1&to=9&chapters=mark&cover=square")
                        .body();

        assertThat(body)
                .contains("<details open")
                .containsPattern("value=\"mp3\"[^>]* checked")
                .containsPattern("value=\"v2\"[^>]* selected")
                .containsPattern("name=\"normalize\"[^>]* checked")
                .containsPattern("value=\"mark\"[^>]* selected")
                .containsPattern("value=\"square\"[^>]* selected")
                .containsPattern("id=\"from\"[^>]* value=\"&quot;&gt;1\"")
                .containsPattern("id=\"to\"[^>]* value=\"9\"");
    }

    @Test
    void aFormWithoutOptionsComesBackClosed() {
        assertThat(form("video_url=hello&format=mp3&quality=&from=&to=&chapters=none&cover=original")
                        .body())
                .contains("<details>");
    }

    private HttpResponse<String> submitWith(String options) {
        String object = "{'video_url':'there000001'," + options.substring(1);
        return post("/submit", JSON, object.replace(",}", "}").replace('\'', '"'));
    }

    @Test
    void aBodyAsLongAsItMayBeAndOneLonger() {
        String start = "{\"video_url\":\"there000001\",\"pad\":\"";
        String longest = start + "x".repeat(8192 - start.length() - 2) + "\"}";
        assertThat(longest).hasSize(8192);

        assertThat(post("/submit", JSON, longest).statusCode()).isEqualTo(201);
        assertThat(chunked(JSON, longest).statusCode()).isEqualTo(201);
        assertError(post("/submit", JSON, longest + " "), 413, "TOO_LARGE");
        assertError(chunked(JSON, longest + " "), 413, "TOO_LARGE");
        assertError(chunked(JSON, "x".repeat(1_000_000)), 413, "TOO_LARGE");
        assertThat(form("video_url=there000001&pad=" + "x".repeat(8192)).statusCode())
                .isEqualTo(413);
        assertThat(chunked(FORM, "video_url=there000001&pad=" + "x".repeat(8192))
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/json", "application/xml", "multipart/form-data; boundary=x"})
    void aBodyOfAnotherType(String type) {
        assertError(post("/submit", type, "{\"video_url\":\"there000001\"}"), 415, "NOT_JSON");
    }

    @Test
    void aBodyOfNoType() {
        assertError(send(request("/submit").POST(BodyPublishers.ofString("x"))), 415, "NOT_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void anotherMethod(String method) {
        HttpResponse<String> response = send(request("/submit").method(method, BodyPublishers.noBody()));

        assertError(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 429, 500, 503})
    void anAnswerThatSaysNothingIsNotRemembered(int status) {
        assertUnreachable(Thumbnail.status(status), 502);
    }

    @ParameterizedTest
    @CsvSource({
        "https://consent.youtube.com/m",
        "https://i.ytimg.com/vi/there000001/0.jpg",
        "http://img.youtube.com/vi/there000001/0.jpg",
        "https://img.youtube.com:8443/vi/there000001/0.jpg",
        "https://user@img.youtube.com/vi/there000001/0.jpg",
        "file:///etc/passwd",
        // the same host
        "https://img.youtube.com/vi/there000001/0.jpg",
    })
    void aRedirectIsNotFollowed(URI location) {
        assertUnreachable(Thumbnail.redirectTo(location), 502);
        assertThat(YOUTUBE.requests()).noneMatch(request -> request.contains("consent.") || request.contains("ytimg."));
    }

    @Test
    void aPageInsteadOfAPictureSaysNothing() {
        assertUnreachable(Thumbnail.html(), 502);
    }

    @Test
    void noAnswerInTime() {
        long start = System.nanoTime();

        assertUnreachable(Thumbnail.picture().delayedBy(Duration.ofMinutes(1)), 503);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private void assertUnreachable(Thumbnail thumbnail, int status) {
        YOUTUBE.add(Video.builder("unclear0001").thumbnail(thumbnail).build());
        HttpResponse<String> response = submit("unclear0001");

        assertError(response, status, "YOUTUBE_UNREACHABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(redis.keys("*")).isEmpty();

        YOUTUBE.add(Video.builder("unclear0001").build());
        assertThat(submit("unclear0001").statusCode()).isEqualTo(201);
    }

    @Test
    void manyAtTheSameTimeAreOneQuestionToYouTube() throws Exception {
        YOUTUBE.add(Video.builder("crowd000001")
                .thumbnail(Thumbnail.picture().delayedBy(Duration.ofMillis(700)))
                .build());
        ExecutorService people = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Integer>> requests = Stream.<Callable<Integer>>generate(
                            () -> () -> submit("crowd000001").statusCode())
                    .limit(40)
                    .toList();
            for (Future<Integer> status : people.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(201);
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(probes("crowd000001")).isOne();
    }

    @Test
    void manyAtTheSameTimeShareAFailureAndTheNextAsksAnew() throws Exception {
        YOUTUBE.add(Video.builder("crowd000002")
                .thumbnail(Thumbnail.status(500).delayedBy(Duration.ofMillis(700)))
                .build());
        ExecutorService people = Executors.newFixedThreadPool(10);
        try {
            List<Callable<HttpResponse<String>>> requests = Stream.<Callable<HttpResponse<String>>>generate(
                            () -> () -> submit("crowd000002"))
                    .limit(10)
                    .toList();
            for (Future<HttpResponse<String>> response : people.invokeAll(requests)) {
                assertError(response.get(), 502, "YOUTUBE_UNREACHABLE");
            }
        } finally {
            people.shutdownNow();
        }
        YOUTUBE.add(Video.builder("crowd000002").build());
        assertThat(submit("crowd000002").statusCode()).isEqualTo(201);
    }

    @Test
    void aFullQueueTakesNothingAndLeavesNothing() {
        Stream.generate(() -> RandomJob.of(new VideoId("there000001")))
                .limit(settings.capacity())
                .forEach(job -> statuses.onQueue(job, "", 0));
        submit("there000001"); // asks YouTube, which is remembered
        Set<String> before = redis.keys("*");

        HttpResponse<String> response = submit("there000001");

        assertError(response, 503, "QUEUE_FULL");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(redis.keys("*")).isEqualTo(before).contains("ve_there000001").doesNotContain(STREAM);
        assertThat(form("video_url=there000001").statusCode()).isEqualTo(503);
    }

    @Test
    void redisAwayIsSaidQuickly() {
        assertThat(submit("there000001").statusCode()).isEqualTo(201);
        SERVER.pause();
        try {
            long start = System.nanoTime();
            HttpResponse<String> response = submit("there000001");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertError(response, 503, "UNAVAILABLE");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("5");

            HttpResponse<String> status = get("/status/" + UUID.randomUUID());
            assertError(status, 503, "UNAVAILABLE");
            assertThat(status.headers().firstValue("Retry-After")).hasValue("5");

            HttpResponse<String> page = page("/download-music/" + UUID.randomUUID());
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(page.body()).contains("<h1").doesNotContain("Exception");

            HttpResponse<String> form = form("video_url=there000001");
            assertThat(form.statusCode()).isEqualTo(503);
            assertThat(form.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(form.body()).contains("value=\"there000001\"");
        } finally {
            SERVER.resume();
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(submit("there000001").statusCode()).isEqualTo(201));
    }

    @Test
    void aPlainFormLeadsToThePageOfTheJob() {
        HttpResponse<String> response = form("a=b&video_url=https%3A%2F%2Fyoutu.be%2Fthere000001%3Ft%3D1+&video_url=x");

        assertThat(response.statusCode()).isEqualTo(303);
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).matches("download-music/[0-9a-f-]{36}\\?wish=[0-9a-f-]{36}");
        HttpResponse<String> page = page("/" + location);
        assertThat(page.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "video_url=hello+world, 400, hello world, This is not a link to a YouTube video.",
        "video_url=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E, 400, &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;, not a link",
        "video_url=see+https%3A%2F%2Fvimeo.com%2F1, 400, see https://vimeo.com/1, This is a link to another site",
        "video_url=absent00001, 400, absent00001, YouTube has no such video",
        "video_url=, 400, '', Paste a link",
        "link=there000001, 400, '', The link must be given",
        "'', 400, '', The link must be given",
        "video_url=%zz, 400, '', cannot be understood",
    })
    void aPlainFormComesBackWithWhatWasTyped(String body, int status, String typed, String message) {
        HttpResponse<String> response = form(body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(response.body())
                .contains("value=\"" + typed + "\"", message, "aria-invalid=\"true\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void nothingThatAPersonTypedIsLogged(CapturedOutput output) {
        submit("typed-as-link\r\nFORGED LINE");
        post("/submit", JSON, "{\"video_url\":typed-as-json");
        post("/submit", JSON, "{\"typed-as-name\":1,\"typed-as-name\":2}");
        form("video_url=typed-as-form%zz");
        submitWith("{'format':'typed-as-option'}");
        submitWith("{'from':['typed-as-option']}");
        post("/submit", "text/typed-as-type", "x");
        get("/typed-as-path?typed-as-query");
        get("/status/typed-as-id");
        get("/download-music/typed-as-id");
        get("/", "Accept", "typed-as-accept");
        get("/", "Cookie", "typed as=cookie; typed-as-cookie");

        send(request("/submit").method("TYPEDASMETHOD", BodyPublishers.noBody()));
        get("/%0d%0aFORGED%20LINE%e2%80%a8");

        // its line comes after its answer
        Awaitility.await().until(() -> output.toString().contains("FORGED%20LINE%e2%80%a8 404"));
        // the access log has method and path, and these as they were sent, in one line
        assertThat(output.toString().lines().filter(line -> !line.contains(" youtubemp3.access ")))
                .noneMatch(line -> line.contains("typed") || line.contains("TYPED") || line.contains("FORGED"));
        assertThat(output.toString().lines().filter(line -> line.contains(" youtubemp3.access ")))
                .anyMatch(line -> line.contains("GET /typed-as-path 404"))
                .anyMatch(line -> line.contains("TYPEDASMETHOD /submit 405"))
                .anyMatch(line -> line.contains("GET /%0d%0aFORGED%20LINE%e2%80%a8 404"))
                .noneMatch(line -> line.contains("typed-as-query") || line.contains("cookie"));
    }

    /** As a browser sends the form of our own page. */
    private HttpResponse<String> form(String body) {
        return post("/submit", FORM, body, "Sec-Fetch-Site", "same-origin");
    }

    private HttpResponse<String> chunked(String type, String body) {
        return send(request("/submit", "Content-Type", type)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
    }

    private static long probes(String id) {
        return YOUTUBE.requests().stream()
                .filter(request -> request.contains("/vi/" + id + "/"))
                .count();
    }

    private static void assertError(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode answer = json(response);
        Collection<String> names = answer.propertyNames();
        assertThat(names).containsExactly("data", "message", "message_code", "error_fields");
        assertThat(answer.get("data").isObject() && answer.get("data").isEmpty())
                .isTrue();
        assertThat(answer.get("message").stringValue()).isNotBlank();
        assertThat(answer.get("message_code").stringValue()).isEqualTo(code);
        assertThat(answer.get("error_fields").isObject()).isTrue();
    }
}
