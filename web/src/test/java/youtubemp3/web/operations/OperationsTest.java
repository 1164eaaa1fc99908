package youtubemp3.web.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Range;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.storage.StorageProblem;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.CircuitBreaker.Cause;
import youtubemp3.jobs.youtube.CircuitBreaker.Opening;
import youtubemp3.web.RunningWeb;

/** Health and metrics, on their own port. */
class OperationsTest extends RunningWeb {

    @Autowired
    private WorkerHeartbeats workers;

    @Autowired
    private CircuitBreaker circuit;

    @Autowired
    private JobStatuses statuses;

    @Autowired
    private OverdueJobs overdueJobs;

    @Autowired
    private StalledJobs stalledJobs;

    @Autowired
    private OutboxRelay outboxRelay;

    @Autowired
    private JobQueue queue;

    @Autowired
    private Retries retries;

    @Autowired
    private RunningWorkers runningWorkers;

    @Test
    void withoutRedisItLivesAndIsNotReady() {
        assertThat(management("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(management("/actuator/health/liveness").statusCode()).isEqualTo(200);
        SERVER.pause();
        try {
            assertThat(management("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(management("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get("/").statusCode()).isEqualTo(200);

            long start = System.nanoTime();
            assertThat(management("/actuator/prometheus").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(management("/actuator/prometheus").body())
                                    .contains("youtubemp3_queue_jobs{state=\"open\"} NaN"));
        } finally {
            SERVER.resume();
        }
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(
                                management("/actuator/health/readiness").statusCode())
                        .isEqualTo(200));
    }

    @Test
    void theWorkersAndTheAgeOfTheirYtDlp() {
        redis.delete("{jobs}:workers");
        JsonNode none = workersHealth();
        assertThat(none.get("status").stringValue()).isEqualTo("UP");
        assertThat(none.get("details").get("count").intValue()).isZero();
        assertThat(none.get("details").get("problem").stringValue()).contains("no worker");

        LocalDate released = LocalDate.now(ZoneOffset.UTC).minusDays(12);
        String day = DateTimeFormatter.ofPattern("uuuu.MM.dd").format(released);
        workers.send(new WorkerHeartbeat("worker-1", day, "7.1", 2, 1, null, null, null, Instant.now()));
        workers.send(new WorkerHeartbeat("worker-2", day + ".232323", "7.1", 2, 1, null, null, null, Instant.now()));
        workers.send(new WorkerHeartbeat("worker-3", "unknown", "7.1", 2, 1, null, null, null, Instant.now()));

        JsonNode details = workersHealth().get("details");
        assertThat(details.get("count").intValue()).isEqualTo(3);
        assertThat(details.has("problem")).isFalse();
        assertThat(details.get("worker-1").get("yt_dlp").stringValue()).isEqualTo(day);
        assertThat(details.get("worker-1").get("yt_dlp_age_days").intValue()).isEqualTo(12);
        assertThat(details.get("worker-1").get("running").intValue()).isEqualTo(1);
        assertThat(details.get("worker-2").get("yt_dlp_age_days").intValue()).isEqualTo(12);
        assertThat(details.get("worker-3").has("yt_dlp_age_days")).isFalse();
    }

    @Test
    void cookiesThatYouTubeNoLongerAcceptsAreAWarning() {
        redis.delete("{jobs}:workers");
        Instant expired = Instant.parse("2026-11-28T12:00:00Z");
        workers.send(new WorkerHeartbeat("worker-7", "unknown", "7.1", 2, 0, null, null, expired, Instant.now()));
        try {
            JsonNode health = workersHealth();
            assertThat(health.get("status").stringValue()).isEqualTo("WARNING");
            assertThat(health.at("/details/problem").stringValue()).contains("export them again");
            assertThat(health.at("/details/worker-7/cookies_expired").stringValue())
                    .isEqualTo("2026-11-28T12:00:00Z");
            runningWorkers.read();
            assertThat(management("/actuator/prometheus").body()).contains("youtubemp3_workers_cookies_expired 1.0");
        } finally {
            redis.delete("{jobs}:workers");
        }
        runningWorkers.read();
        assertThat(management("/actuator/prometheus").body()).contains("youtubemp3_workers_cookies_expired 0.0");
    }

    @Test
    void anOldYtDlpIsAWarningAndNoMore() {
        redis.delete("{jobs}:workers");
        LocalDate released = LocalDate.now(ZoneOffset.UTC).minusDays(61);
        String day = DateTimeFormatter.ofPattern("uuuu.MM.dd").format(released);
        workers.send(new WorkerHeartbeat("worker-5", day, "7.1", 2, 0, null, null, null, Instant.now()));
        workers.send(new WorkerHeartbeat("worker-6", "unknown", "7.1", 2, 0, null, null, null, Instant.now()));
        try {
            JsonNode health = json(management("/actuator/health"));
            assertThat(health.get("status").stringValue()).isEqualTo("WARNING");
            assertThat(health.at("/components/workers/status").stringValue()).isEqualTo("WARNING");
            assertThat(health.at("/components/workers/details/problem").stringValue())
                    .contains("yt-dlp is old");
            assertThat(management("/actuator/health").statusCode()).isEqualTo(200);
            for (String group : new String[] {"readiness", "liveness"}) {
                assertThat(json(management("/actuator/health/" + group))
                                .get("status")
                                .stringValue())
                        .isEqualTo("UP");
            }
            runningWorkers.read();
            assertThat(management("/actuator/prometheus").body()).contains("youtubemp3_ytdlp_age_days 61.0");
        } finally {
            redis.delete("{jobs}:workers");
        }
        runningWorkers.read();
        assertThat(workersHealth().get("status").stringValue()).isEqualTo("UP");
        assertThat(management("/actuator/prometheus").body()).contains("youtubemp3_ytdlp_age_days NaN");
    }

    @Test
    void whatKeepsAWorkerFromItsWork() {
        workers.send(new WorkerHeartbeat(
                "worker-4",
                "unknown",
                "7.1",
                2,
                0,
                "the disk is full",
                StorageProblem.Reason.FULL,
                null,
                Instant.now()));
        assertThat(component("workers").at("/details/worker-4/problem").stringValue())
                .isEqualTo("the disk is full");
        redis.delete("{jobs}:workers");
    }

    @Test
    void whetherYouTubeRefusesThisServer() {
        assertThat(component("youtube").at("/details/circuit").stringValue()).isEqualTo("closed");
        circuit.onRefused(
                UUID.randomUUID(),
                "there000001",
                "NO_FORMATS",
                Cause.CHANGED,
                new Opening(1, Duration.ofMinutes(5), Duration.ofHours(1), 1));
        try {
            JsonNode details = component("youtube").get("details");
            assertThat(details.get("circuit").stringValue()).isEqualTo("open");
            assertThat(details.get("kind").stringValue()).isEqualTo("NO_FORMATS");
            assertThat(details.get("problem").stringValue()).contains("yt-dlp needs an update");
            assertThat(Instant.parse(details.get("next_try").stringValue())).isAfter(Instant.now());
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(management("/actuator/prometheus").body())
                                    .contains("youtubemp3_circuit_open 1.0"));

            redis.opsForHash().put("{jobs}:circuit", "until", "1");
            assertThat(component("youtube").at("/details/circuit").stringValue())
                    .isEqualTo("half open");
        } finally {
            redis.delete(redis.keys("{jobs}:*"));
        }
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(management("/actuator/prometheus").body()).contains("youtubemp3_circuit_open 0.0"));
    }

    /** A job that the broker neither has waiting nor delivers. */
    @Test
    void aStalledJobIsEnqueuedAgainOnce() {
        redis.delete(redis.keys("{jobs}:*"));
        Job job = stalled("there000001");
        Job retrying = stalled("there000002");
        retries.add(retrying, Duration.ofHours(1));
        statuses.onQueue(RandomJob.of(new VideoId("there000003")), "", 0);

        stalledJobs.enqueue();
        assertThat(redis.opsForStream().range("{jobs}:stream", Range.unbounded()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getValue())
                        .containsEntry("job", job.id().toString()));
        stalledJobs.enqueue();
        redis.delete("{jobs}:stream");
        stalledJobs.enqueue();
        assertThat(redis.hasKey("{jobs}:stream"))
                .as("not again within the hour")
                .isFalse();
    }

    @Test
    void whileJobsWaitInTheQueueNoneIsStalled() {
        redis.delete(redis.keys("{jobs}:*"));
        Job waiting = stalled("there000001");
        queue.enqueue(waiting);

        stalledJobs.enqueue();
        assertThat(queue.state().waiting()).isEqualTo(1);
    }

    @Test
    void aStalledJobWithoutDetailsLeavesNoKeyForEver() {
        redis.delete(redis.keys("{jobs}:*"));
        Job job = stalled("there000001");
        redis.delete("job:" + job.id());

        stalledJobs.enqueue();
        assertThat(redis.hasKey("job:" + job.id())).isFalse();
    }

    /** A job without progress for an hour, which a day is given to. */
    private Job stalled(String video) {
        Job job = RandomJob.of(new VideoId(video));
        statuses.onQueue(job, "", 0);
        double deadline = Instant.now().plus(Duration.ofHours(22)).toEpochMilli();
        redis.opsForZSet().add("{jobs}:open", job.id().toString(), deadline);
        return job;
    }

    @Test
    void aJobWhoseSubmissionWasNotCompletedIsEnqueued() {
        redis.delete(redis.keys("{jobs}:*"));
        Job job = RandomJob.of(new VideoId("there000001"));
        statuses.onQueue(job, "", 0);
        outboxRelay.enqueue();
        assertThat(redis.hasKey("{jobs}:stream"))
                .as("its submission may still run")
                .isFalse();

        redis.opsForZSet().incrementScore("{jobs}:outbox", job.id().toString(), -20_000);
        outboxRelay.enqueue();
        assertThat(redis.opsForStream().range("{jobs}:stream", Range.unbounded()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getValue())
                        .containsEntry("job", job.id().toString()));
        assertThat(redis.hasKey("{jobs}:outbox")).isFalse();
    }

    @Test
    void aJobThatWaitedTooLongIsEnded() {
        Job job = RandomJob.of(new VideoId("there000001"));
        statuses.onQueue(job, "", 0);
        redis.opsForZSet().add("{jobs}:open", job.id().toString(), 1);
        overdueJobs.fail();
        assertThat(json(get("/status/" + job.id())).at("/failure/kind").stringValue())
                .isEqualTo("WAITED_TOO_LONG");
    }

    @Test
    void failedJobsAreCountedByKind() {
        redis.opsForHash().putAll("{jobs}:failures", Map.of("YOUTUBE_MESSAGE", "3", "junk", "1"));

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(management("/actuator/prometheus").body())
                                .contains("youtubemp3_jobs_failed_total{kind=\"YOUTUBE_MESSAGE\"} 3.0")
                                .doesNotContain("kind=\"junk\""));
    }

    @Test
    void metricsTellWhatPeopleGot() {
        submit("no link");
        page("/download-music/x");

        await().untilAsserted(
                        () -> assertThat(management("/actuator/prometheus").body())
                                .contains("youtubemp3_submissions_total{message_code=\"INVALID_LINK\"}")
                                .contains("youtubemp3_downloads_total{outcome=\"invalid\"}")
                                .containsPattern("youtubemp3_queue_jobs\\{state=\"open\"} \\d")
                                .containsPattern("youtubemp3_queue_jobs\\{state=\"retrying\"} \\d")
                                .containsPattern("youtubemp3_queue_jobs\\{state=\"dead\"} \\d"));
    }

    @Test
    void theQueueIsReportedUnderTheSameNamesAsWithRabbitMq() {
        redis.opsForValue().set("{jobs}:redeliveries", "5");

        assertThat(component("queue").get("status").stringValue()).isEqualTo("UP");
        assertThat(component("queue").at("/details/broker").stringValue()).isEqualTo("REDIS");
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(management("/actuator/prometheus").body())
                                .containsPattern("youtubemp3_queue_jobs\\{state=\"waiting\"} \\d")
                                .contains("youtubemp3_queue_redeliveries_total 5.0")
                                .contains("youtubemp3_queue_unroutable_total 0.0")
                                .contains("youtubemp3_queue_blocked 0.0")
                                .doesNotContain("rabbitmq"));
        assertThat(json(management("/actuator/health")).get("components").propertyNames())
                .doesNotContain("rabbit");
    }

    @Test
    void nothingElseIsToBeSeenThere() {
        for (String endpoint : new String[] {"env", "beans", "heapdump", "loggers", "shutdown", "threaddump"}) {
            assertThat(management("/actuator/" + endpoint).statusCode()).isEqualTo(404);
        }
    }

    private JsonNode workersHealth() {
        return component("workers");
    }

    private JsonNode component(String name) {
        HttpResponse<String> health = management("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        return json(health).get("components").get(name);
    }
}
