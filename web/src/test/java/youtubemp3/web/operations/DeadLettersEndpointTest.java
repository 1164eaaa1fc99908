package youtubemp3.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Status;
import youtubemp3.web.RunningWeb;

/** The dead letters at the management port. */
class DeadLettersEndpointTest extends RunningWeb {

    private static final String DEAD = "{jobs}:dead";

    @Autowired
    private JobStatuses statuses;

    private final Job job = RandomJob.of(new VideoId("there000001"));
    private String entry;

    @BeforeEach
    void oneJobWasGivenUp() {
        redis.delete(redis.keys("{jobs}:*"));
        statuses.onQueue(job, "", 0);
        statuses.fail(statuses.begin(job.id()).orElseThrow(), new Failure("NETWORK"));
        entry = redis.opsForStream()
                .add(
                        DEAD,
                        Map.of(
                                "kind",
                                "NETWORK",
                                "reason",
                                "It broke.",
                                "job",
                                job.id().toString(),
                                "video",
                                "there000001",
                                "attempts",
                                "3"))
                .getValue();
    }

    @Test
    void listsAndShowsADeadLetter() {
        JsonNode all = json(management("/actuator/deadjobs"));
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("entry").stringValue()).isEqualTo(entry);
        JsonNode one = json(management("/actuator/deadjobs/" + entry));
        assertThat(one).isEqualTo(all.get(0));
        assertThat(one.at("/failure/kind").stringValue()).isEqualTo("NETWORK");
        assertThat(one.at("/job/id").stringValue()).isEqualTo(job.id().toString());
        assertThat(management("/actuator/deadjobs/1-1").statusCode()).isEqualTo(404);
        assertThat(management("/actuator/deadjobs/x").statusCode()).isEqualTo(404);
    }

    @Test
    void requeuesADeadLetterUnderItsId() {
        assertThat(change("POST", entry).statusCode()).isEqualTo(200);

        assertThat(statuses.find(job.id()).orElseThrow().status()).isEqualTo(Status.ONQUEUE);
        assertThat(statuses.find(job.id()).orElseThrow().failure()).isNull();
        assertThat(redis.opsForStream().size("{jobs}:stream")).isOne();
        assertThat(redis.opsForStream().size(DEAD)).isZero();
        assertThat(change("POST", entry).statusCode()).isEqualTo(404);
    }

    @Test
    void removesADeadLetter() {
        assertThat(change("DELETE", entry).statusCode()).isEqualTo(204);
        assertThat(change("DELETE", entry).statusCode()).isEqualTo(404);
        assertThat(statuses.find(job.id()).orElseThrow().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aMalformedMessageIsShownButCannotBeRequeued() {
        String nonsense = redis.opsForStream()
                .add(DEAD, Map.of("kind", "MALFORMED", "reason", "not a job"))
                .getValue();
        assertThat(json(management("/actuator/deadjobs/" + nonsense)).get("job").isNull())
                .isTrue();
        assertThat(change("POST", nonsense).statusCode()).isEqualTo(400);
        assertThat(redis.opsForStream().size(DEAD)).isEqualTo(2);
    }

    @Test
    void rejectsRequestsOfPagesOfOtherSites() {
        for (String method : new String[] {"POST", "DELETE"}) {
            assertThat(send(HttpRequest.newBuilder(managementAddress("/actuator/deadjobs/" + entry))
                                    .header("Sec-Fetch-Site", "cross-site")
                                    .method(method, BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(redis.opsForStream().size(DEAD)).isOne();
    }

    private HttpResponse<String> change(String method, String id) {
        return send(HttpRequest.newBuilder(managementAddress("/actuator/deadjobs/" + id))
                .method(method, BodyPublishers.noBody()));
    }
}
