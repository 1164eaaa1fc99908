package youtubemp3.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.NewWish;

/** A client that retries rejected submissions and those without a response, as a script would. */
final class Script {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NOBODY_THERE = "not reached";
    private static final int LONGEST_WAIT_SECONDS = 10;

    private final URI web;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** The responses to submissions other than 201. */
    private final Map<String, AtomicInteger> refusals = new ConcurrentSkipListMap<>();

    Script(URI web) {
        this.web = web;
    }

    /** Submits until the response is 201. */
    Promise submit(AskedVideo video) throws InterruptedException {
        // the same each time: a submission whose response was lost is found again
        String submission = NewWish.json("https://youtu.be/" + video.id());
        while (true) {
            HttpRequest request = request("submit")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(submission))
                    .build();
            int wait = 1;
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                JsonNode body = JSON.readTree(answer.body());
                if (answer.statusCode() == 201) {
                    UUID job = UUID.fromString(body.at("/data/filename").asString());
                    return new Promise(job, video, Instant.now());
                }
                count(answer.statusCode() + " " + body.at("/message_code").asString());
                wait = answer.headers()
                        .firstValue("Retry-After")
                        .map(Integer::parseInt)
                        .orElse(wait);
            } catch (ConnectException e) {
                count(NOBODY_THERE);
            } catch (IOException e) {
                count("no answer");
            }
            TimeUnit.SECONDS.sleep(Math.min(wait, LONGEST_WAIT_SECONDS));
        }
    }

    private void count(String refusal) {
        refusals.computeIfAbsent(refusal, key -> new AtomicInteger()).incrementAndGet();
    }

    Map<String, AtomicInteger> refusals() {
        return refusals;
    }

    /** How many submissions may have created a job without a 201: those without a response, and those with a server error. */
    int unpromised() {
        return refusals.entrySet().stream()
                .filter(refusal ->
                        !refusal.getKey().startsWith("4") && !refusal.getKey().equals(NOBODY_THERE))
                .mapToInt(refusal -> refusal.getValue().get())
                .sum();
    }

    /** The end of the job; empty while it is open or web cannot be reached. */
    Optional<Promise.End> end(Promise promise) throws InterruptedException {
        Duration after = Duration.between(promise.since(), Instant.now());
        try {
            HttpResponse<String> answer =
                    client.send(request("status/" + promise.job()).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return Optional.of(new Promise.End(Promise.End.UNKNOWN, 0, null, null, after));
            }
            JsonNode body = JSON.readTree(answer.body());
            String status = body.at("/status").asString("");
            if (answer.statusCode() != 200 || status.equals("ONQUEUE")) {
                return Optional.empty();
            }
            return Optional.of(new Promise.End(
                    status,
                    body.at("/attempt").asInt(),
                    body.at("/failure/kind").asString(null),
                    body.at("/failure/reason").asString(null),
                    after));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Downloads the file and returns the HTTP status. */
    int download(Promise promise, Path file) throws IOException, InterruptedException {
        BodyHandler<Path> toFile = BodyHandlers.ofFile(file);
        return client.send(request("download-music/" + promise.job()).build(), toFile)
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(web.resolve(path)).timeout(PATIENCE);
    }
}
