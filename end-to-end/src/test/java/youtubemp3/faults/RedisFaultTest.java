package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import youtubemp3.faults.RedisProxy.Breakpoint;
import youtubemp3.faults.RedisProxy.Side;
import youtubemp3.standin.YouTubeStandInExtension;

/** Redis dies, is unreachable, slow, full or read-only during running jobs. */
@Tag("long")
@Timeout(600)
class RedisFaultTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static TestStack scene;
    private static Service web;
    private static Service worker;

    @BeforeAll
    static void start() throws Exception {
        scene = new TestStack(YOUTUBE.standIn());
        web = scene.startWeb();
        worker = scene.startWorker("--youtubemp3.worker.concurrency=2");
        web.awaitStarted();
        worker.awaitStarted();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    /** Two jobs run, one of them for seconds, and two wait. */
    private List<String> load() throws InterruptedException {
        worker.proxy().feed();
        Breakpoint converting = worker.proxy().breakAt(KillPoint.PROGRESS, Side.AFTER);
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(scene.enqueue(web, TestStack.SLOW));
        }
        converting.await();
        converting.release();
        return jobs;
    }

    private void allFinish(List<String> jobs) throws Exception {
        for (String id : jobs) {
            assertThat(scene.keepsPromise(web, id, TestStack.SLOW)
                            .path("status")
                            .asString())
                    .isEqualTo("FINISH");
        }
        scene.isClean();
    }

    private boolean isPublished(String id) {
        return Files.exists(scene.volume().resolve(id + ".mp3"));
    }

    /** Whether the job has this status or stage. */
    private boolean isStill(String id, String status) {
        try {
            JsonNode now = scene.status(web, id);
            return List.of(now.path("status").asString(), now.path("stage").asString())
                    .contains(status);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitAnswer(int status) {
        await("the answer " + status).atMost(Duration.ofSeconds(30)).until(() -> {
            HttpResponse<String> response = scene.submit(web, TestStack.SHORT).join();
            if (response.statusCode() == 201) {
                scene.keepsPromise(web, TestStack.id(response), TestStack.SHORT);
            }
            return response.statusCode() == status;
        });
    }

    @Test
    void jobsFinishAfterRedisWasKilledUnderLoad() throws Exception {
        List<String> jobs = load();
        scene.redis().kill();
        scene.redis().start();
        allFinish(jobs);
    }

    @Test
    void jobsFinishAfterTenSecondsWithoutRedis() throws Exception {
        List<String> jobs = load();
        List<String> converting = await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> jobs.stream()
                                .filter(id -> isStill(id, "converting"))
                                .toList(),
                        found -> !found.isEmpty());
        worker.proxy().refuse();
        web.proxy().refuse();
        long gone = System.nanoTime();
        awaitAnswer(503);
        await().atMost(Duration.ofSeconds(20)).until(() -> System.nanoTime() - gone > TimeUnit.SECONDS.toNanos(10));
        worker.proxy().accept();
        web.proxy().accept();
        allFinish(jobs);
        // the leases have expired, but live workers get time to renew them
        for (String id : converting) {
            assertThat(scene.status(web, id).path("attempt").asInt()).isEqualTo(1);
        }
    }

    @Test
    void jobsFinishWithASlowRedis() throws Exception {
        web.proxy().delay(Duration.ofMillis(300));
        worker.proxy().delay(Duration.ofMillis(300));
        try {
            allFinish(load());
        } finally {
            web.proxy().delay(Duration.ZERO);
            worker.proxy().delay(Duration.ZERO);
        }
    }

    @Test
    void jobsFinishAfterRedisWasOutOfMemory() throws Exception {
        List<String> jobs = load();
        scene.redis().tell("CONFIG", "SET", "maxmemory", "1");
        try {
            awaitAnswer(503);
            // the file has been published, but FINISH cannot be written
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> jobs.stream().filter(this::isPublished).anyMatch(id -> isStill(id, "ONQUEUE")));
        } finally {
            scene.redis().tell("CONFIG", "SET", "maxmemory", "0");
        }
        allFinish(jobs);
    }

    @Test
    void jobsFinishAfterRedisWasReadOnly() throws Exception {
        List<String> jobs = load();
        // of a master that does not exist
        scene.redis().tell("REPLICAOF", "127.0.0.1", "1");
        try {
            awaitAnswer(503);
            // the lease cannot be renewed, so nothing is published
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> worker.log().contains("Job " + jobs.get(0) + " is converted and waits for Redis"));
            assertThat(isPublished(jobs.get(0))).isFalse();
        } finally {
            scene.redis().tell("REPLICAOF", "NO", "ONE");
        }
        allFinish(jobs);
    }
}
