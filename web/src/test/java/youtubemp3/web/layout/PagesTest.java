package youtubemp3.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.web.RunningWeb;

/** What all pages have in common. */
class PagesTest extends RunningWeb {

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");
    private static final String WAITING = "00000000-0000-4000-8000-0000000000aa";
    private static final PlaylistId LISTED = new PlaylistId("PL000000000000listed", null);
    private static final String FAILED = "00000000-0000-4000-8000-0000000000bb";

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private Playlists playlists;

    static List<String> pages() {
        return List.of(
                "/",
                "/download-music/" + WAITING,
                "/download-music/" + FAILED,
                "/download-music/nothing",
                "/playlists/" + LISTED,
                "/playlists/PL0000000000waiting",
                "/nothing",
                "/nothing/at/all/",
                "/submit");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageAsksNoOtherHostAndHasNoScriptOrStyleInside(String path) {
        HttpResponse<String> response = open(path);

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(response.body())
                .startsWith("<!DOCTYPE html>")
                .contains("<html lang=\"en\"", "<title>", "name=\"viewport\"", "<main id=\"main\"", "<h1")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:")
                .doesNotContainPattern("<(?:iframe|object|embed|base)\\b")
                .doesNotContain("th:", "Exception", "\tat ");
        Matcher address = ADDRESS.matcher(response.body());
        while (address.find()) {
            assertThat(address.group(1)).doesNotStartWith("/").doesNotContain("//");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void allThatAPageRefersToIsThere(String path) {
        HttpResponse<String> response = open(path);
        Matcher address = ADDRESS.matcher(response.body());
        while (address.find()) {
            URI target = address(path).resolve(address.group(1));
            // a list has the address of its form
            boolean form =
                    address.group().startsWith("action") && !target.getPath().startsWith("/playlists/");
            assertThat(get(target.getRawPath()).statusCode())
                    .as(target.toString())
                    .isEqualTo(form ? 405 : address.group(1).startsWith("#") ? response.statusCode() : 200);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void browsersAreToldWhatToDistrust(String path) {
        HttpResponse<String> response = open(path);

        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void staticFilesAreKeptByBrowsersAndCompressed() {
        Matcher address = ADDRESS.matcher(get("/").body());
        int files = 0;
        while (address.find()) {
            if (!address.group(1).matches(".*\\.(?:css|js|svg)")) {
                continue;
            }
            files++;
            HttpResponse<byte[]> file =
                    bytes(address("/").resolve(address.group(1)).getRawPath(), "Accept-Encoding", "gzip");
            assertThat(file.headers().firstValue("Cache-Control")).hasValue("max-age=31536000");
            if (file.headers().firstValue("Content-Length").map(Long::parseLong).orElse(2000L) > 1024) {
                assertThat(file.headers().firstValue("Content-Encoding")).hasValue("gzip");
            }
        }
        assertThat(files).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "/webjars/picocss__pico/css/pico.min.css, text/css",
        "/style.css, text/css",
        "/app.js, text/javascript",
        "/icon.svg, image/svg+xml",
    })
    void staticFilesHavePlainAddressesToo(String path, String type) {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(response.body())
                .doesNotContainPattern(
                        "url\\((?!\"data:)|@import|https?://(?!www\\.w3\\.org/2000/svg)[a-z]+\\.[a-z]+/");
    }

    @Test
    void examplesAreFormsOfTheirOwn() {
        assertThat(get("/").body())
                .contains("A &lt;small&gt; example")
                .contains("value=\"https://youtu.be/example0001?a=1&amp;b=2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/error",
                "/webjars/",
                "/WEB-INF/web.xml",
                "/actuator/health",
                "/templates/layout.html"
            })
    void whatIsNotThere(String path) {
        HttpResponse<String> script = get(path);
        assertThat(script.statusCode()).isEqualTo(404);
        assertThat(script.body())
                .isEqualTo("{\"data\":{},\"message\":\"There is nothing at this address.\","
                        + "\"message_code\":\"NOT_FOUND\",\"error_fields\":{}}");

        HttpResponse<String> browser = page(path);
        assertThat(browser.statusCode()).isEqualTo(404);
        assertThat(browser.body()).contains("There is nothing at this address.");
    }

    @Test
    void anAddressOfSlashesAloneMakesNoLongPage() {
        HttpResponse<String> response = page("/".repeat(7_000));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("<!DOCTYPE html>").hasSizeLessThan(10_000);
    }

    /** Which no library for HTTP would send. */
    @ParameterizedTest
    @ValueSource(strings = {"/;%", "/;a=%4", "/status/x;%zz", "/download-music;a=b%/x"})
    void anEscapeThatIsNoneInAPathsParameter(String path) throws IOException {
        URI home = address("/");
        try (Socket socket = new Socket(home.getHost(), home.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nAccept: text/html\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("Content-Security-Policy: ", "X-Content-Type-Options: nosniff", "Referrer-Policy: ")
                    .contains("\"INVALID_REQUEST\"");
        }
    }

    @Test
    void aMethodThatTheServerItselfRefuses() {
        HttpResponse<String> response = send(request("/").method("TRACE", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/%00", "/%5c", "/download-music/%2e%2e%2fsecret"})
    void whatTheServerItselfRefuses(String path) {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(json(response).get("message_code").stringValue()).isEqualTo("INVALID_REQUEST");
        assertThat(json(response).propertyNames()).containsExactly("data", "message", "message_code", "error_fields");
    }

    private HttpResponse<String> open(String path) {
        Job waiting = new Job(UUID.fromString(WAITING), new VideoId("there000001"), OutputOptions.DEFAULT);
        statuses.onQueue(waiting, "", 0);
        Job failed = new Job(UUID.fromString(FAILED), new VideoId("there000001"), OutputOptions.DEFAULT);
        statuses.onQueue(failed, "", 0);
        statuses.begin(failed.id()).ifPresent(attempt -> statuses.fail(attempt, new Failure("PRIVATE")));
        statuses.begin(waiting.id())
                .ifPresent(attempt -> statuses.retry(attempt, new Failure("NETWORK"), Duration.ofSeconds(1)));
        Entry entry = new Entry(new VideoId("there000001"), "A video", null, Availability.AVAILABLE);
        playlists.complete(new Playlist(LISTED, "A list", List.of(entry), false));
        return page(path);
    }
}
