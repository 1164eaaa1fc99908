package youtubemp3.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.web.WebProcess;

/** What a process of web writes, in the form that it has in containers. */
class AccessLogTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static RealRedis redis;
    private static WebProcess web;

    @BeforeAll
    static void start() throws IOException {
        redis = RealRedis.start();
        web = WebProcess.start(redis, "--logging.structured.format.console=ecs");
    }

    @AfterAll
    static void stop() {
        web.close();
        redis.close();
    }

    @Test
    void aRequestIsOneLineWithItsFields() throws Exception {
        HttpResponse<Void> response =
                get("/nothing?secret=1", "X-Request-Id", "forged", "X-Forwarded-For", "192.0.2.9");

        JsonNode line = lineOf(response);
        assertThat(line.get("method").stringValue()).isEqualTo("GET");
        assertThat(line.get("path").stringValue()).isEqualTo("/nothing");
        assertThat(line.get("status").intValue()).isEqualTo(404);
        assertThat(line.get("milliseconds").isIntegralNumber()).isTrue();
        // nobody is trusted to speak for others
        assertThat(line.get("client").stringValue()).isEqualTo("127.0.0.1");
        assertThat(web.log()).doesNotContain("forged", "secret", "192.0.2.9");
    }

    @Test
    void aJobsIdIsInTheLinesAboutIt() throws Exception {
        String job = UUID.randomUUID().toString();

        assertThat(lineOf(get("/status/" + job)).get("job").stringValue()).isEqualTo(job);
        assertThat(lineOf(get("/download-music/" + job)).get("job").stringValue())
                .isEqualTo(job);
        assertThat(lineOf(get("/")).has("job")).isFalse();
    }

    @Test
    void whatIsSubmittedIsNotLoggedAndARequestWithABodyHasItsLineToo() throws Exception {
        HttpResponse<Void> response = HTTP.send(
                HttpRequest.newBuilder(web.address("/submit"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Basic c2VjcmV0")
                        .POST(BodyPublishers.ofString("{\"video_url\":\"typed\"}"))
                        .build(),
                BodyHandlers.discarding());

        assertThat(lineOf(response).get("status").intValue()).isEqualTo(400);
        assertThat(web.log()).doesNotContain("typed", "c2VjcmV0");
    }

    @Test
    void whatTomcatItselfRefusesIsOneLineOfPlainCharactersToo() throws Exception {
        raw("GET /\u2028\u001b[31mred HTTP/1.1\r\nHost: localhost\r\n\r\n");
        raw("G\u0007T / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        raw("GET /%00/%0aFORGED HTTP/1.1\r\nHost: localhost\r\n\r\n");
        // which Spring warns of, in the visitor's own letters
        assertThat(lineOf(get("/x/%57EB-INF/%E2%80%AE")).get("status").intValue())
                .isEqualTo(404);

        await().untilAsserted(() -> assertThat(
                        accesses().filter(line -> line.get("status").intValue() == 400))
                .hasSizeGreaterThanOrEqualTo(3));
        assertThat(web.log().chars().filter(c -> c != '\n')).allMatch(c -> c >= ' ' && c < 0x7f);
    }

    @Test
    void aRequestWhoseChunksAreMalformedHasItsLine() throws Exception {
        raw("POST /submit?malformed HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");

        await().until(() -> accesses()
                .anyMatch(line -> line.get("path").stringValue().equals("/submit")
                        && line.get("client").stringValue().equals("127.0.0.1")
                        && line.get("status").intValue() == 400));
    }

    @Test
    void healthIsNotLogged() throws Exception {
        HTTP.send(HttpRequest.newBuilder(web.management("/actuator/health")).build(), BodyHandlers.discarding());
        lineOf(get("/"));

        assertThat(accesses().map(line -> line.get("path").stringValue())).noneMatch(path -> path.contains("actuator"));
    }

    private static HttpResponse<Void> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(web.address(path));
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.discarding());
    }

    private static void raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 400 ");
        }
    }

    /** The access line that has the id which the answer told. */
    private static JsonNode lineOf(HttpResponse<Void> response) {
        String id = response.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(id).matches("[0-9a-f]{16}");
        await().until(() ->
                accesses().anyMatch(line -> line.get("request").stringValue().equals(id)));
        List<JsonNode> lines = accesses()
                .filter(line -> line.get("request").stringValue().equals(id))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    /** Every line of the log is JSON, and every line of this logger is about a request. */
    private static Stream<JsonNode> accesses() {
        String log = web.log();
        return log.substring(0, log.lastIndexOf('\n') + 1)
                .lines()
                .map(JSON::readTree)
                .filter(line -> line.get("log").get("logger").stringValue().equals("youtubemp3.access"))
                .peek(line -> assertThat(line.get("request").stringValue()).matches("[0-9a-f]{16}"));
    }
}
