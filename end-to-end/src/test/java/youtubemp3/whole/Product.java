package youtubemp3.whole;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.NewWish;
import youtubemp3.standalone.StandaloneApplication;
import youtubemp3.standin.YouTubeStandIn;

/** The whole product on a free port, as {@code ./start} runs it, and a client of its API. */
public final class Product implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final ConfigurableApplicationContext context;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private Product(ConfigurableApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
    }

    /** Starts the product with this stand-in for YouTube. */
    static Product start(YouTubeStandIn youTube, Path home, String ytDlp, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--youtubemp3.worker.proxy=" + youTube.proxy(),
                "--youtubemp3.worker.yt-dlp-arguments=--no-check-certificates",
                "--youtubemp3.worker.retry-delay=100ms",
                "--youtubemp3.worker.min-interval=0s",
                "--youtubemp3.video.proxy=" + youTube.proxy(),
                "--spring.http.clients.ssl.bundle=youtube",
                "--spring.ssl.bundle.pem.youtube.truststore.certificate=file:" + youTube.certificate()));
        all.addAll(List.of(arguments));
        return start(home, ytDlp, all.toArray(String[]::new));
    }

    /** @param arguments the arguments of {@code ./start}, including Spring properties */
    public static Product start(Path home, String ytDlp, String... arguments) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--youtubemp3.worker.yt-dlp=" + ytDlp);
        ConfigurableApplicationContext context = StandaloneApplication.start(
                all.toArray(String[]::new), Map.of("PORT", String.valueOf(port), "YOUTUBE_MP3_HOME", home.toString()));
        return new Product(context, URI.create("http://127.0.0.1:" + port + "/"));
    }

    public URI address() {
        return address;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String setting(String name) {
        return context.getEnvironment().getProperty(name);
    }

    HttpResponse<String> submit(String link) throws IOException, InterruptedException {
        return post("submit", NewWish.json(link));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    /** Submits a link that must be accepted. */
    String enqueue(String link) throws IOException, InterruptedException {
        HttpResponse<String> response = submit(link);
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body()).path("data").path("filename").asString();
    }

    JsonNode status(String id) throws IOException, InterruptedException {
        return json("status/" + id);
    }

    /** Waits until the job has finished or failed. */
    JsonNode await(String id) {
        return Awaitility.await(id)
                .atMost(LONGEST)
                .until(
                        () -> status(id),
                        status -> !status.path("status").asString().equals("ONQUEUE"));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<Path> download(String id, Path file, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("download-music/" + id);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofFile(file));
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        context.close();
    }
}
