package youtubemp3.web.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** The same wish twice is one job, and is taken back once for each client. */
class SameWishTest extends RunningWeb {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String STREAM = "{jobs}:stream";

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private ConversionIds ids;

    @BeforeEach
    void emptyRedisAndAddAVideo() {
        redis.delete(redis.keys("*"));
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
    }

    private JsonNode submitted() {
        HttpResponse<String> response = submit("there000001");
        assertThat(response.statusCode()).isEqualTo(201);
        return json(response).get("data");
    }

    private static UUID id(JsonNode submitted) {
        return UUID.fromString(submitted.get("filename").stringValue());
    }

    private static String cancel(JsonNode submitted) {
        return "/cancel/" + submitted.get("filename").stringValue() + "/"
                + submitted.get("wish").stringValue();
    }

    private HttpResponse<String> cancelled(JsonNode submitted) {
        return post(cancel(submitted), "application/json", "");
    }

    private long enqueued() {
        return redis.opsForStream().size(STREAM);
    }

    private Path finished(UUID id, Duration age) throws IOException {
        statuses.finish(statuses.begin(id).orElseThrow());
        Path file = Files.writeString(FOLDER.resolve(id + ".mp3"), "music");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void aSecondSubmissionFindsTheOpenJob() {
        JsonNode first = submitted();
        JsonNode second = submitted();

        assertThat(id(second)).isEqualTo(id(first));
        assertThat(second.get("wish")).isNotEqualTo(first.get("wish"));
        assertThat(enqueued()).isEqualTo(1);
    }

    @Test
    void aSecondSubmissionFindsTheFinishedJob() throws IOException {
        UUID id = id(submitted());
        finished(id, Duration.ofHours(6));

        assertThat(id(submitted())).isEqualTo(id);
        assertThat(redis.opsForValue().get(id.toString())).isEqualTo("FINISH");
        assertThat(enqueued()).isEqualTo(1);
    }

    @Test
    void aFinishedJobThatEndsSoonGoesThroughAWorkerAgain() throws IOException {
        UUID id = id(submitted());
        finished(id, Duration.ofMinutes(7 * 60 + 1));

        assertThat(id(submitted())).isEqualTo(id);
        assertThat(redis.opsForValue().get(id.toString())).isEqualTo("ONQUEUE");
        assertThat(enqueued()).isEqualTo(2);
    }

    @Test
    void aFinishedJobWithoutItsFileGoesThroughAWorkerAgain() throws IOException {
        UUID id = id(submitted());
        Files.delete(finished(id, Duration.ZERO));

        assertThat(id(submitted())).isEqualTo(id);
        assertThat(enqueued()).isEqualTo(2);
    }

    @Test
    void aFailedJobStartsAnew() {
        UUID id = id(submitted());
        statuses.fail(statuses.begin(id).orElseThrow(), new Failure("NETWORK"));

        assertThat(id(submitted())).isEqualTo(id);
        assertThat(statuses.find(id).orElseThrow().failure()).isNull();
        assertThat(enqueued()).isEqualTo(2);
    }

    @Test
    void theIdIsAUuidOfVersion8ThatDependsOnVideoOutputAndKey() {
        VideoId video = new VideoId("there000001");
        UUID id = ids.of(video, OutputOptions.DEFAULT);

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(ids.of(video, OutputOptions.DEFAULT)).isEqualTo(id);
        assertThat(ids.of(new VideoId("there000002"), OutputOptions.DEFAULT)).isNotEqualTo(id);
        assertThat(ids.of(video, OutputOptions.of(Map.of("format", "opus")))).isNotEqualTo(id);

        redis.opsForValue().set("{jobs}:secret", "0".repeat(64));
        assertThat(new ConversionIds(redis).of(video, OutputOptions.DEFAULT)).isNotEqualTo(id);
        // as another implementation of HMAC-SHA256 and the bits of the version have it
        assertThat(new ConversionIds(redis).of(video, OutputOptions.DEFAULT))
                .hasToString("96992aac-c623-8e55-8d03-72536a205f62");
    }

    @Test
    void anUnreadableKeyIsReplaced() {
        redis.opsForList().leftPush("{jobs}:secret", "junk");

        UUID id = new ConversionIds(redis).of(new VideoId("there000001"), OutputOptions.DEFAULT);

        assertThat(new ConversionIds(redis).of(new VideoId("there000001"), OutputOptions.DEFAULT))
                .isEqualTo(id);
    }

    @Test
    void theLastClientThatTakesItsWishBackWithdrawsTheJob() {
        JsonNode first = submitted();
        JsonNode second = submitted();

        HttpResponse<String> response = cancelled(first);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("message_code").stringValue()).isEqualTo("CANCELLED");
        assertThat(statuses.find(id(first))).isPresent();
        assertThat(cancelled(first).statusCode()).as("repeated").isEqualTo(404);
        assertThat(statuses.find(id(first))).isPresent();

        assertThat(cancelled(second).statusCode()).isEqualTo(200);
        assertThat(statuses.find(id(first))).isEmpty();
        assertThat(statuses.open()).isZero();
    }

    @Test
    void theCancelButtonOfThePageLeadsToTheStartPage() {
        HttpResponse<String> response = post("/submit", FORM, "video_url=there000001");
        String page = "/" + response.headers().firstValue("Location").orElseThrow();
        UUID id = id(submitted());
        String wish = page.substring(page.indexOf("?wish=") + 6);
        String action = "cancel/" + id + "/" + wish;
        assertThat(get(page).body()).contains("action=\"../" + action + "\"");

        HttpResponse<String> cancelled = post("/" + action, FORM, "");
        assertThat(cancelled.statusCode()).isEqualTo(303);
        assertThat(cancelled.headers().firstValue("Location")).hasValue("../../");
    }

    @Test
    void anUnknownWishCancelsNothing() {
        JsonNode submitted = submitted();
        String id = id(submitted).toString();

        for (String path :
                new String[] {id + "/" + UUID.randomUUID(), id + "/x", "x/" + id, UUID.randomUUID() + "/" + id}) {
            HttpResponse<String> response = post("/cancel/" + path, "application/json", "");
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(json(response).get("message_code").stringValue()).isEqualTo("NOT_FOUND");
        }
        assertThat(statuses.find(id(submitted))).isPresent();
    }

    @Test
    void aRejectedSubmissionLeavesNoWish() {
        redis.opsForValue().set("ve_there000001", "404");

        assertThat(submit("there000001").statusCode()).isEqualTo(400);
        assertThat(redis.keys("job:*")).isEmpty();
    }
}
