package youtubemp3.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.standin.YouTubeStandIn;

/**
 * The whole service, as {@code main} starts it, on ports of its own, with a real Redis, and asking the stand-in for YouTube
 * through its proxy and with its certificate. One for all tests that extend it.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        useMainMethod = UseMainMethod.ALWAYS,
        properties = {
            "management.server.port=0",
            "youtubemp3.video.read-timeout=6s",
            // all tests come from one address
            "youtubemp3.limits.submissions-per-minute=0",
            "youtubemp3.limits.waiting-jobs=0",
            "youtubemp3.limits.downloads-at-once=0",
            "youtubemp3.home.examples[0].label=A <small> example",
            "youtubemp3.home.examples[0].link=https://youtu.be/example0001?a=1&b=2",
        })
@Import(RunningWeb.BodyWriters.class)
public abstract class RunningWeb {

    /** Sent with a request, makes the connector one that has no sendfile. */
    protected static final String WITHOUT_SENDFILE = "X-Without-Sendfile";

    protected static final RealRedis SERVER = RealRedis.shared();
    protected static final YouTubeStandIn YOUTUBE = YouTubeStandIn.builder()
            .folder(Path.of(System.getProperty("java.io.tmpdir"), "web-stand-in"))
            .start();
    protected static final Path FOLDER = temporaryFolder();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    protected StringRedisTemplate redis;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.host", SERVER::host);
        registry.add("spring.data.redis.port", SERVER::port);
        registry.add("youtubemp3.storage.folder", () -> FOLDER);
        registry.add("youtubemp3.video.proxy", YOUTUBE::proxy);
        registry.add("spring.http.clients.ssl.bundle", () -> "youtube");
        registry.add(
                "spring.ssl.bundle.pem.youtube.truststore.certificate",
                () -> YOUTUBE.certificate().toUri().toString());
    }

    @AfterEach
    void noOtherHostWasAsked() {
        if (!YOUTUBE.refusedHosts().isEmpty()) {
            throw new AssertionError("asked for " + YOUTUBE.refusedHosts());
        }
    }

    protected URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    protected HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers));
    }

    /** As a browser asks for a page. */
    protected HttpResponse<String> page(String path) {
        return get(path, "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    }

    protected HttpResponse<byte[]> bytes(String path, String... headers) {
        return send(request(path, headers).build(), BodyHandlers.ofByteArray());
    }

    protected HttpResponse<byte[]> head(String path, String... headers) {
        return send(
                request(path, headers).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
    }

    protected HttpResponse<String> post(String path, String type, String body, String... headers) {
        return send(request(path, headers).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    protected HttpResponse<String> submit(String link) {
        return post(
                "/submit",
                "application/json",
                JSON.writeValueAsString(JSON.createObjectNode().put("video_url", link)));
    }

    protected HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(managementAddress(path)));
    }

    protected URI managementAddress(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    protected HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    protected static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("mp3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns sendfile off where a request asks for that, and tells who wrote each file's bytes. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class BodyWriters {

        public final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Bean
        Filter sendfileSwitch() {
            return (request, response, chain) -> {
                var http = (HttpServletRequest) request;
                boolean without = http.getHeader(WITHOUT_SENDFILE) != null;
                chain.doFilter(without ? withoutSendfile(http) : http, response);
                seen.add(http.getAttribute("org.apache.tomcat.sendfile.filename") == null ? "copied" : "sendfile");
            };
        }

        private static HttpServletRequest withoutSendfile(HttpServletRequest request) {
            return new HttpServletRequestWrapper(request) {
                @Override
                public Object getAttribute(String name) {
                    return name.equals("org.apache.tomcat.sendfile.support") ? null : super.getAttribute(name);
                }
            };
        }
    }
}
