package youtubemp3.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.standin.YouTubeStandIn;
import youtubemp3.standin.video.Video;
import youtubemp3.web.WebApplication;

/** Requests as no browser sends them, byte by byte, to the running service with a real Redis and the stand-in. */
@AddLifecycleHook(ManyCases.class)
class ResponsesProperties {

    private static final UUID FINISHED = UUID.fromString("c3f044e1-1e66-4a52-be7d-6e344fb6aec6");
    private static final int SIZE = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private static YouTubeStandIn youTube;
    private static ConfigurableApplicationContext service;
    private static ConfigurableApplicationContext shut;
    private static int port;

    @BeforeContainer
    static void start() throws IOException {
        Path folder = Files.createTempDirectory("answers");
        Files.write(folder.resolve(FINISHED + ".mp3"), new byte[SIZE]);
        RealRedis redis = RealRedis.shared();
        youTube = YouTubeStandIn.builder()
                .folder(Path.of(System.getProperty("java.io.tmpdir"), "web-stand-in"))
                .start();
        youTube.add(Video.builder("dQw4w9WgXcQ").title("A video").build());
        service = start(redis, folder);
        shut = start(redis, folder, "--youtubemp3.access.password=a password of many words");
        port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        service.getBean(StringRedisTemplate.class).opsForValue().set(FINISHED.toString(), "FINISH");
    }

    private static ConfigurableApplicationContext start(RealRedis redis, Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=web",
                "--server.port=0",
                "--management.server.port=0",
                "--youtubemp3.limits.submissions-per-minute=0",
                "--youtubemp3.limits.waiting-jobs=0",
                "--youtubemp3.limits.downloads-at-once=0",
                "--spring.data.redis.host=" + redis.host(),
                "--spring.data.redis.port=" + redis.port(),
                "--youtubemp3.storage.folder=" + folder,
                "--youtubemp3.video.proxy=" + youTube.proxy(),
                "--spring.http.clients.ssl.bundle=youtube",
                "--spring.ssl.bundle.pem.youtube.truststore.certificate="
                        + youTube.certificate().toUri()));
        arguments.addAll(List.of(more));
        return SpringApplication.run(WebApplication.class, arguments.toArray(String[]::new));
    }

    @AfterContainer
    static void stop() {
        service.close();
        shut.close();
        youTube.close();
    }

    @Property(tries = 40)
    void whateverIsSubmittedTheAnswerIsADocumentedOne(
            @ForAll("types") String type, @ForAll("bodies") String body, @ForAll("accepts") String accept)
            throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        Reply reply = send("POST", "/submit", List.of("Content-Type: " + type, "Accept: " + accept), content);

        assertDocumented(reply, Set.of(201, 303, 400, 406, 413, 415, 503));
        if (content.length > 8192 && reply.status() != 415) {
            assertThat(reply.status()).isIn(413, 400, 406);
        }
    }

    @Property(tries = 40)
    void whateverAddressIsOpenedTheAnswerIsADocumentedOne(
            @ForAll("methods") String method, @ForAll("addresses") String address, @ForAll("accepts") String accept)
            throws IOException {
        Reply reply = send(method, address, List.of("Accept: " + accept), new byte[0]);

        assertDocumented(reply, Set.of(200, 202, 302, 304, 400, 403, 404, 405, 406, 415, 501));
    }

    @Property(tries = 40)
    void whateverPartIsAskedForItIsOneOfTheFile(
            @ForAll("ranges") String range, @ForAll("values") String ifMatch, @ForAll("values") String ifRange)
            throws IOException {
        Reply reply = send(
                "GET",
                "/download-music/" + FINISHED,
                List.of("Range: " + range, "If-None-Match: " + ifMatch, "If-Range: " + ifRange),
                new byte[0]);

        assertThat(reply.status()).as(reply.head()).isIn(200, 206, 304, 400, 416);
        assertThat(reply.body().length).isEqualTo(reply.length());
        if (reply.status() == 200 || reply.status() == 206) {
            assertThat(reply.length()).isBetween(1, SIZE);
        }
    }

    /** Also the port for those who run this. */
    @Property(tries = 200)
    void whateverHeaderIsSentItIsNoFaultOfOurs(
            @ForAll("everyHeader") String header,
            @ForAll("headerValues") String value,
            @ForAll("pages") String page,
            @ForAll("guards") Guard guard)
            throws IOException {
        String method = page.equals("/submit") ? "POST" : "GET";
        byte[] body = page.equals("/submit") ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
        Reply reply = send(guard.port(page), method, page, List.of(header + ": " + value), body);

        assertThat(reply.status()).as(reply.head()).isNotEqualTo(500);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).doesNotContain("Exception", "\tat ");
    }

    @Example
    void elevenLanguagesAreNoFaultOfOurs() throws IOException {
        String languages = "de,en,fr,es,it,pt,nl,sv,da,fi,no,pl";
        for (Guard guard : Guard.values()) {
            for (String page : List.of("/", "/submit", "/download-music/" + FINISHED, "/error", "/actuator/health")) {
                Reply reply =
                        send(guard.port(page), "GET", page, List.of("Accept-Language: " + languages), new byte[0]);
                assertThat(reply.status()).as(page + reply.head()).isNotEqualTo(500);
            }
        }
    }

    @Example
    void anAcceptWithoutATypeIsNoFaultOfOurs() throws IOException {
        for (Guard guard : Guard.values()) {
            for (String types : List.of("", " , ")) {
                String page = "/actuator/prometheus";
                Reply reply = send(guard.port(page), "GET", page, List.of("Accept: " + types), new byte[0]);
                assertThat(reply.status()).as(reply.head()).isEqualTo(200);
            }
        }
    }

    @Example
    void aContentTypeThatIsNoneIsNoFaultOfOurs() throws IOException {
        Reply reply = send("GET", "/download-music/" + FINISHED, List.of("Content-Type: */*"), new byte[0]);

        assertThat(reply.status()).isEqualTo(200);
    }

    /** With the password in front, or without. */
    enum Guard {
        OPEN,
        SHUT;

        int port(String page) {
            ConfigurableApplicationContext where = this == OPEN ? service : shut;
            String name = page.startsWith("/actuator") ? "local.management.port" : "local.server.port";
            return where.getEnvironment().getRequiredProperty(name, Integer.class);
        }
    }

    @Provide
    Arbitrary<Guard> guards() {
        return Arbitraries.of(Guard.values());
    }

    @Provide
    Arbitrary<String> pages() {
        return Arbitraries.of(
                "/",
                "/submit",
                "/error",
                "/nothing",
                "/app.js",
                "/webjars/picocss__pico/css/pico.min.css",
                "/status/" + FINISHED,
                "/download-music/" + FINISHED,
                "/playlists/" + FINISHED,
                "/batches/" + FINISHED,
                "/actuator",
                "/actuator/health",
                "/actuator/info",
                "/actuator/prometheus",
                "/actuator/deadjobs",
                "/actuator/nothing");
    }

    @Provide
    Arbitrary<String> everyHeader() {
        return Arbitraries.of(
                "Accept",
                "Accept-Charset",
                "Accept-Encoding",
                "Accept-Language",
                "Access-Control-Request-Headers",
                "Access-Control-Request-Method",
                "Authorization",
                "Cache-Control",
                "Connection",
                "Content-Disposition",
                "Content-Encoding",
                "Content-Language",
                "Content-Type",
                "Cookie",
                "Date",
                "Expect",
                "Forwarded",
                "If-Match",
                "If-Modified-Since",
                "If-None-Match",
                "If-Range",
                "If-Unmodified-Since",
                "Origin",
                "Pragma",
                "Prefer",
                "Range",
                "Referer",
                "Sec-Fetch-Site",
                "TE",
                "Upgrade",
                "User-Agent",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "X-Forwarded-Prefix",
                "X-Forwarded-Proto",
                "X-HTTP-Method-Override",
                "X-Request-Id",
                "traceparent");
    }

    @Provide
    Arbitrary<String> headerValues() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "*",
                        "*/*",
                        "a/b",
                        "/",
                        ";",
                        "q=2",
                        ",",
                        "de",
                        "en-US",
                        "x-",
                        "-",
                        "=",
                        "\"",
                        "bytes=",
                        "0-",
                        "99999999999999999999",
                        "W/",
                        "Basic ",
                        "Bearer ",
                        "eDp5",
                        "http://",
                        "[",
                        "]",
                        "::1%",
                        "%",
                        "\\",
                        "Sun, 06 Nov 1994 08:49:37 GMT",
                        "gzip",
                        "identity",
                        "upgrade",
                        "h2c",
                        "charset=",
                        "\u00e9",
                        " ")
                .list()
                .ofMaxSize(30)
                .map(list -> String.join("", list));
        return header(Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(60)));
    }

    /** Nothing of a fault's insides, and the one shape, or a page for those who ask for one. */
    private static void assertDocumented(Reply reply, Set<Integer> statuses) {
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(reply.status()).as(reply.head() + text).isIn(statuses);
        assertThat(text).doesNotContain("Exception", "\tat ", "youtubemp3.web", "org.apache");
        assertThat(reply.head()).containsIgnoringCase("X-Content-Type-Options: nosniff");
        if (reply.status() >= 400
                && reply.head().toLowerCase(Locale.ROOT).contains("content-type: application/json")
                && reply.body().length > 0) {
            JsonNode answer = JSON.readTree(text);
            assertThat(answer.propertyNames()).containsExactly("data", "message", "message_code", "error_fields");
            MessageCode code = MessageCode.valueOf(answer.get("message_code").stringValue());
            assertThat(code).isNotIn(MessageCode.ENQUEUED);
            assertThat(answer.get("message").stringValue()).isNotBlank();
            if (reply.status() < 500) {
                assertThat(code.status().is4xxClientError()).isTrue();
            }
        }
    }

    /**
     * What came back.
     *
     * @param head status line and headers
     */
    private record Reply(String head, byte[] body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** As announced; 0 where nothing is. */
        int length() {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .map(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** In HTTP 1.0, so that the body comes as it is, without chunks. */
    private static Reply send(String method, String address, List<String> headers, byte[] body) throws IOException {
        return send(port, method, address, headers, body);
    }

    private static Reply send(int port, String method, String address, List<String> headers, byte[] body)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            String head = method + " " + address + " HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n"
                    + headers.stream().map(header -> header + "\r\n").collect(Collectors.joining())
                    + (method.equals("POST") || body.length > 0 ? "Content-Length: " + body.length + "\r\n" : "")
                    + "\r\n";
            request.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            byte[] all = socket.getInputStream().readAllBytes();
            String text = new String(all, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            assertThat(end).as("an answer to " + head).isPositive();
            byte[] content = java.util.Arrays.copyOfRange(all, end + 4, all.length);
            return new Reply(text.substring(0, end), content);
        }
    }

    /** No line ends: those would be another request. */
    private static Arbitrary<String> header(Arbitrary<String> values) {
        return values.map(value -> value.replaceAll("[\\r\\n]", ""));
    }

    @Provide
    Arbitrary<String> types() {
        return header(Arbitraries.oneOf(
                Arbitraries.of(
                        "application/json",
                        "application/json",
                        "application/x-www-form-urlencoded",
                        "application/json;charset=x",
                        "application/ld+json",
                        "text/plain",
                        "multipart/form-data; boundary=x",
                        "*/*",
                        "",
                        "json",
                        "/",
                        ";"),
                Arbitraries.strings().ofMaxLength(20)));
    }

    @Provide
    Arbitrary<String> accepts() {
        return header(Arbitraries.oneOf(
                Arbitraries.of("*/*", "text/html", "application/json", "image/png", "", "x", "*", "text/html;q=2"),
                Arbitraries.strings().ofMaxLength(20)));
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get", "X");
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> links = Arbitraries.oneOf(
                Arbitraries.of("dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ", "absent00001", "http://evil.org/", ""),
                Arbitraries.strings().ofMaxLength(40));
        Arbitrary<String> json = links.map(link -> JSON.writeValueAsString(java.util.Map.of("video_url", link)));
        Arbitrary<String> options = Combinators.combine(
                        Arbitraries.of(OutputOptions.FIELDS),
                        Arbitraries.of(
                                "\"mp3\"",
                                "\"opus\"",
                                "\"1:02.5\"",
                                "\"true\"",
                                "\"x\"",
                                "320",
                                "-1",
                                "1e999",
                                "true",
                                "null",
                                "[]",
                                "{}",
                                "[1]"))
                .as((name, value) -> '"' + name + "\":" + value)
                .list()
                .ofMaxSize(4)
                .map(fields -> "{\"video_url\":\"dQw4w9WgXcQ\"," + String.join(",", fields) + "}")
                .map(text -> text.replace(",}", "}"));
        Arbitrary<String> cut = Combinators.combine(json, Arbitraries.integers().between(0, 60))
                .as((text, length) -> text.substring(0, Math.min(length, text.length())));
        Arbitrary<String> forms = links.map(link -> "video_url=" + link);
        return Arbitraries.oneOf(
                json,
                options,
                options.map(
                        text -> text.replaceAll("[{}\"]", "").replace(':', '=').replace(',', '&')),
                cut,
                forms,
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of(
                        "[".repeat(8000), "{\"a\":".repeat(1600), "x".repeat(8193), "{}", "null", "video_url=%zz"));
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "/status",
                        "/download-music",
                        "/playlists",
                        "/batches",
                        "/submit",
                        "/error",
                        "/",
                        "//",
                        "/.",
                        "/..",
                        "/%2e%2e",
                        "%2f",
                        "%5c",
                        "\\",
                        ";",
                        ";a=b",
                        "%00",
                        "%",
                        "%zz",
                        "%ff",
                        "?",
                        "?a=%",
                        "#",
                        "\u00e9",
                        "[",
                        "{",
                        "|",
                        FINISHED.toString(),
                        "/" + FINISHED,
                        "/1-1-1-1-1",
                        "/webjars",
                        "/app.js",
                        "/actuator",
                        "/WEB-INF/web.xml",
                        ".mp3",
                        "~",
                        "*")
                .list()
                .ofMaxSize(5)
                .map(list -> "/" + String.join("", list));
        Arbitrary<String> names = Combinators.combine(
                        Arbitraries.of("/status/", "/download-music/", "/playlists/", "/batches/"),
                        Arbitraries.strings().ascii().ofMaxLength(40))
                .as((before, name) -> before + name.replaceAll("[\\s]", "+"));
        return Arbitraries.oneOf(pieces, names);
    }

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 1100).map(String::valueOf),
                Arbitraries.of("", "99999999999999999999", "x"));
        return header(Arbitraries.oneOf(
                Combinators.combine(numbers, numbers).as("bytes=%s-%s"::formatted),
                Combinators.combine(numbers, numbers, numbers).as("bytes=%s-%s,%s-"::formatted),
                Arbitraries.strings().ofMaxLength(30)));
    }

    @Provide
    Arbitrary<String> values() {
        return header(Arbitraries.oneOf(
                Arbitraries.of("*", "\"x\"", "W/\"x\"", "\"", "Sun, 01 Nov 2026 12:00:00 GMT", "", "0"),
                Arbitraries.strings().ofMaxLength(30)));
    }
}
