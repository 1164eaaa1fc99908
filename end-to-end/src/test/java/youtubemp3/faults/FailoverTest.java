package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import youtubemp3.standin.YouTubeStandInExtension;

/**
 * Sentinel makes a replica the master while jobs run and others are submitted. Every job that was answered with 201 finishes, also when
 * the replicas had been cut off before the master died.
 */
@Tag("long")
@Timeout(600)
class FailoverTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private final ScheduledExecutorService person = Executors.newSingleThreadScheduledExecutor();
    private final Queue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<?>> asked = new ConcurrentLinkedQueue<>();
    private TestStack scene;
    private Sentinels sentinels;
    private Service web;
    private List<String> running;

    @BeforeEach
    void jobsRunAndOthersAreSubmitted() throws Exception {
        scene = new TestStack(YOUTUBE.standIn());
        sentinels = new Sentinels(scene.redis(), scene.folder());
        web = scene.startWeb(with("--youtubemp3.jobs.capacity=1000"));
        Service worker = scene.startWorker(with("--youtubemp3.worker.concurrency=2"));
        web.awaitStarted();
        worker.awaitStarted();
        running = List.of(scene.enqueue(web, TestStack.SLOW), scene.enqueue(web, TestStack.SLOW));
        await("running jobs")
                .atMost(Duration.ofMinutes(1))
                .until(() -> running.stream().allMatch(id -> stage(id).equals("converting")));
        person.scheduleAtFixedRate(
                () -> asked.add(scene.submit(web, TestStack.SHORT).thenAccept(answers::add)), 0, 1, TimeUnit.SECONDS);
        awaitAnswer(201);
    }

    @AfterEach
    void stop() {
        person.shutdownNow();
        sentinels.close();
        scene.close();
    }

    private String[] with(String setting) {
        List<String> settings = new ArrayList<>(List.of(sentinels.settings()));
        settings.add(setting);
        return settings.toArray(String[]::new);
    }

    private String stage(String id) {
        try {
            return scene.status(web, id).path("stage").asString();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until a submission from now on is answered like this. */
    private void awaitAnswer(int status) {
        int before = answers.size();
        await("the answer " + status)
                .atMost(Duration.ofMinutes(2))
                .until(() -> answers.stream().skip(before).anyMatch(answer -> answer.statusCode() == status));
    }

    private void allFinish() throws Exception {
        person.shutdown();
        assertThat(person.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201, 503);
        for (HttpResponse<String> answer : answers) {
            if (answer.statusCode() == 201) {
                finishes(TestStack.id(answer), TestStack.SHORT);
            }
        }
        for (String id : running) {
            assertThat(finishes(id, TestStack.SLOW).path("attempt").asInt()).isEqualTo(1);
        }
        scene.isClean(sentinels.template());
    }

    private JsonNode finishes(String id, String video) throws Exception {
        JsonNode status = scene.keepsPromise(web, id, video);
        assertThat(status.path("status").asString()).isEqualTo("FINISH");
        return status;
    }

    @Test
    void jobsFinishAfterTheMasterWasKilled() throws Exception {
        scene.redis().kill();
        awaitAnswer(503);
        awaitAnswer(201);
        allFinish();
    }

    /** Sentinel cannot stop a frozen master, and its connections stay open. */
    @Test
    void jobsFinishAfterTheMasterFroze() throws Exception {
        scene.redis().freeze();
        awaitAnswer(503);
        awaitAnswer(201);
        allFinish();
    }

    @Test
    void jobsFinishAfterAMasterWasKilledWhoseReplicasWereCutOff() throws Exception {
        // to a master that does not exist
        sentinels.replicas().forEach(replica -> replica.tell("REPLICAOF", "127.0.0.1", "1"));
        awaitAnswer(503);
        scene.redis().kill();
        awaitAnswer(201);
        allFinish();
    }

    @Test
    void jobsFinishAfterAMasterWasKilledWhoseReplicasWereFrozen() throws Exception {
        sentinels.replicas().forEach(RedisServer::freeze);
        awaitAnswer(503);
        scene.redis().kill();
        sentinels.replicas().forEach(RedisServer::thaw);
        awaitAnswer(201);
        allFinish();
    }
}
