package youtubemp3.web.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
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
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.CircuitBreaker.Cause;
import youtubemp3.jobs.youtube.CircuitBreaker.Opening;
import youtubemp3.web.RunningWeb;

/** GET /status/... through a running server. */
class ProgressTest extends RunningWeb {

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private CircuitBreaker circuit;

    private final Job job = RandomJob.of(new VideoId("there000001"));

    @Test
    void fromTheQueueToTheFile() {
        statuses.onQueue(job, "", 0);
        assertStatus("""
                {"id":"ID","status":"ONQUEUE","stage":"waiting","message":"Waiting for its turn","next_try":null,"percent":0,
                 "eta_seconds":null,"remaining":null,"title":null,"artist":null,
                 "video_url":"https://www.youtube.com/watch?v=there000001","options":{"format":"mp3"},"attempt":0,"failure":null,"download":null}""");

        Attempt attempt = statuses.begin(job.id()).orElseThrow();
        assertThat(status().get("stage").stringValue()).isEqualTo("fetching");

        statuses.found(attempt, new Track("A \"title\"", "Somebody"));
        statuses.progress(attempt, new Progress(Stage.CONVERTING, 42, Duration.ofSeconds(31)));
        assertStatus("""
                {"id":"ID","status":"ONQUEUE","stage":"converting","message":"Downloading and converting","next_try":null,"percent":42,
                 "eta_seconds":31,"remaining":"about 30 seconds left","title":"A \\"title\\"","artist":"Somebody",
                 "video_url":"https://www.youtube.com/watch?v=there000001","options":{"format":"mp3"},"attempt":1,"failure":null,"download":null}""");

        statuses.finish(attempt);
        assertStatus("""
                {"id":"ID","status":"FINISH","stage":"finished","message":"Your MP3 is ready","next_try":null,"percent":100,
                 "eta_seconds":null,"remaining":null,"title":"A \\"title\\"","artist":"Somebody",
                 "video_url":"https://www.youtube.com/watch?v=there000001","options":{"format":"mp3"},"attempt":1,"failure":null,
                 "download":"../download-music/ID"}""");
        // relative to where it was read
        assertThat(address("/status/" + job.id())
                        .resolve(status().get("download").stringValue()))
                .isEqualTo(address("/download-music/" + job.id()));
    }

    @ParameterizedTest
    @CsvSource({
        "m4a, none, Your M4A is ready",
        "opus, none, Your Opus file is ready",
        "mp3, mark, Your MP3 is ready",
        "opus, split, Your ZIP is ready",
    })
    void theOptionsAndWhatTheFileIs(String format, String chapters, String message) {
        Map<String, String> fields = Map.of("format", format, "from", "1:02.5", "chapters", chapters);
        Job other = new Job(job.id(), job.video(), OutputOptions.of(fields));
        statuses.onQueue(other, "", 0);
        statuses.finish(statuses.begin(job.id()).orElseThrow());

        assertThat(status().get("message").stringValue()).isEqualTo(message);
        Map<String, String> options = new HashMap<>();
        status().get("options").forEachEntry((name, value) -> options.put(name, value.stringValue()));
        assertThat(OutputOptions.of(options)).isEqualTo(other.output());
    }

    @Test
    void aFailureAndTheReason() {
        statuses.onQueue(job, "", 0);
        statuses.begin(job.id());
        Attempt attempt = statuses.begin(job.id()).orElseThrow();
        statuses.found(attempt, new Track("A title", ""));
        statuses.fail(attempt, new Failure("PRIVATE"));

        assertStatus("""
                {"id":"ID","status":"FAILED","stage":"failed","message":"This video could not be converted","next_try":null,"percent":0,
                 "eta_seconds":null,"remaining":null,"title":"A title","artist":null,
                 "video_url":"https://www.youtube.com/watch?v=there000001","options":{"format":"mp3"},"attempt":2,
                 "failure":{"kind":"PRIVATE","reason":"This video is private."},"download":null}""");
    }

    @Test
    void whileYouTubeRefusesThisServerThePlaceIsKept() {
        statuses.onQueue(job, "", 0);
        circuit.onRefused(
                job.id(),
                job.video().value(),
                "BOT_CHECK",
                Cause.BLOCKED,
                new Opening(1, Duration.ofMinutes(5), Duration.ofHours(1), 1));
        try {
            assertThat(status().get("message").stringValue())
                    .isEqualTo("YouTube is refusing this server; your place is kept");
            assertThat(Instant.parse(status().get("next_try").stringValue()))
                    .isBetween(Instant.now().plusSeconds(280), Instant.now().plusSeconds(301));
            assertThat(page("/download-music/" + job.id()).body())
                    .contains("YouTube is refusing this server; your place is kept")
                    .containsPattern("next try at \\d\\d:\\d\\d \\w+");

            Attempt attempt = statuses.begin(job.id()).orElseThrow();
            assertThat(status().get("next_try").isNull())
                    .as("it is being tried")
                    .isTrue();
            statuses.requeue(attempt);

            redis.opsForHash().put("{jobs}:circuit", "cause", "CHANGED");
            assertThat(status().get("message").stringValue()).contains("yt-dlp needs an update");
        } finally {
            redis.delete("{jobs}:circuit");
        }
        assertThat(status().get("message").stringValue()).isEqualTo("Waiting for its turn");
    }

    @Test
    void aStatusWhoseDetailsAreGone() {
        statuses.onQueue(job, "", 0);
        redis.delete("job:" + job.id());

        assertThat(status().get("video_url").isNull()).isTrue();
        assertThat(status().get("status").stringValue()).isEqualTo("ONQUEUE");
    }

    @Test
    void anIdInUpperCaseAndAClientThatWantsAPage() {
        statuses.onQueue(job, "", 0);

        HttpResponse<String> response =
                get("/status/" + job.id().toString().toUpperCase(Locale.ROOT), "Accept", "text/html");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("id").stringValue()).isEqualTo(job.id().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "c3f044e1", "c3f044e1-1e66-4a52-be7d-6e344fb6aecg", "ve_there000001"})
    void whatIsNoId(String id) {
        assertUnknown(id);
    }

    @Test
    void anUnknownId() {
        assertUnknown(UUID.randomUUID().toString());
    }

    private void assertUnknown(String id) {
        HttpResponse<String> response = get("/status/" + id);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).propertyNames()).containsExactly("data", "message", "message_code", "error_fields");
        assertThat(json(response).get("message_code").stringValue()).isEqualTo("NOT_FOUND");
    }

    private void assertStatus(String expected) {
        HttpResponse<String> response = get("/status/" + job.id());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .isEqualTo(expected.replace("\n ", "").replace("ID", job.id().toString()));
    }

    private JsonNode status() {
        return json(get("/status/" + job.id()));
    }
}
