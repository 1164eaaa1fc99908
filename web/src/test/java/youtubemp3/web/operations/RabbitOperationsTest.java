package youtubemp3.web.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.rabbitmq.RealRabbit;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** Web with RabbitMQ, as its clients and an operator see it. Needs a Docker engine. */
@Tag("compose")
class RabbitOperationsTest extends RunningWeb {

    private static final String VIDEO = "there000001";

    private static final AtomicInteger submissions = new AtomicInteger();

    @Autowired
    private DeadLetters deadLetters;

    @Autowired
    private AmqpAdmin admin;

    @DynamicPropertySource
    static void rabbit(DynamicPropertyRegistry registry) {
        registry.add("youtubemp3.jobs.broker", () -> "rabbitmq");
        registry.add("spring.rabbitmq.host", () -> RealRabbit.shared().host());
        registry.add("spring.rabbitmq.port", () -> RealRabbit.shared().port());
    }

    @BeforeEach
    void aVideoExists() {
        YOUTUBE.add(Video.builder(VIDEO).title("A video").build());
        redis.delete("ve_" + VIDEO);
    }

    @Test
    void theQueueIsReportedUnderTheSameNamesAsWithRedis() {
        assertThat(queue().get("status").stringValue()).isEqualTo("UP");
        assertThat(queue().at("/details/broker").stringValue()).isEqualTo("RABBITMQ");
        assertThat(json(management("/actuator/health")).get("components").propertyNames())
                .doesNotContain("rabbit");
        assertThat(submitAnew().statusCode()).isEqualTo(201);
        awaitMetric("youtubemp3_queue_jobs\\{state=\"waiting\"} [1-9]");
        awaitMetric("youtubemp3_queue_jobs\\{state=\"open\"} [1-9]");
        awaitMetric("youtubemp3_queue_jobs\\{state=\"retrying\"} \\d");
        awaitMetric("youtubemp3_queue_jobs\\{state=\"dead\"} \\d");
        awaitMetric("youtubemp3_queue_redeliveries_total \\d");
    }

    @Test
    void aQueueThatWasDeletedIsDeclaredAgainAndCounted() {
        // the queue is also declared with each new connection, and when its numbers are read
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            admin.deleteQueue("jobs");
            assertThat(submitAnew().statusCode()).isEqualTo(201);
            assertThat(management("/actuator/prometheus").body())
                    .containsPattern("youtubemp3_queue_unroutable_total [1-9]");
        });
    }

    @Test
    void whileRabbitMqIsFullLinksAreRefusedAndTheOperatorIsTold() {
        RealRabbit.shared().control("set_vm_memory_high_watermark", "absolute", "1");
        try {
            assertThat(submitAnew().statusCode()).isEqualTo(503);
            await().untilAsserted(() ->
                    assertThat(queue().get("status").stringValue()).isEqualTo("WARNING"));
            awaitMetric("youtubemp3_queue_blocked 1");
            assertThat(management("/actuator/health/readiness").statusCode())
                    .as("statuses and files are served")
                    .isEqualTo(200);
        } finally {
            RealRabbit.shared().control("set_vm_memory_high_watermark", "0.4");
        }
        await().untilAsserted(() -> assertThat(submitAnew().statusCode()).isEqualTo(201));
        awaitMetric("youtubemp3_queue_blocked 0");
    }

    @Test
    void whileRabbitMqHangsLinksAreRefusedAndHealthIsDown() {
        RealRabbit.shared().pause();
        try {
            assertThat(submitAnew().statusCode()).isEqualTo(503);
            assertThat(json(management("/actuator/health"))
                            .at("/components/queue/status")
                            .stringValue())
                    .isEqualTo("DOWN");
            assertThat(management("/actuator/health/readiness").statusCode())
                    .as("statuses and files are served")
                    .isEqualTo(200);
            assertThat(get("/").statusCode()).isEqualTo(200);
        } finally {
            RealRabbit.shared().resume();
        }
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(submitAnew().statusCode()).isEqualTo(201));
        assertThat(queue().get("status").stringValue()).isEqualTo("UP");
    }

    @Test
    void aDeadLetterIsRequeuedIntoRabbitMq() {
        admin.purgeQueue("jobs");
        Job job = RandomJob.of(new VideoId(VIDEO));
        deadLetters.add(JobMessage.fields(job), new Failure("CONVERSION"));
        String entry = deadLetters.list(1).get(0).entry();

        assertThat(send(HttpRequest.newBuilder(managementAddress("/actuator/deadjobs/" + entry))
                                .POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(admin.getQueueInfo("jobs").getMessageCount()).isEqualTo(1);
        assertThat(management("/actuator/deadjobs/" + entry).statusCode()).isEqualTo(404);
    }

    /** Each submission is a job of its own: the end of the part is after that of the video. */
    private HttpResponse<String> submitAnew() {
        return post(
                "/submit",
                "application/json",
                "{\"video_url\": \"%s\", \"to\": %d}".formatted(VIDEO, 1000 + submissions.incrementAndGet()));
    }

    private JsonNode queue() {
        return json(management("/actuator/health")).get("components").get("queue");
    }

    private void awaitMetric(String pattern) {
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(management("/actuator/prometheus").body()).containsPattern(pattern));
    }
}
