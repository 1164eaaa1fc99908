package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import youtubemp3.standin.YouTubeStandInExtension;

/** A cluster of three RabbitMQ nodes loses one while jobs run, and gets it back. */
@Tag("compose")
@Timeout(600)
class RabbitClusterTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static RabbitCluster cluster;
    private static TestStack scene;
    private static Service web;
    private static List<Service> workers;

    @BeforeAll
    static void start() throws Exception {
        cluster = new RabbitCluster();
        scene = new TestStack(YOUTUBE.standIn(), cluster.node(0));
        web = scene.startWeb(cluster.addresses(0));
        workers = List.of(startWorker(1), startWorker(2));
        web.awaitStarted();
        workers.forEach(Service::awaitStarted);
    }

    @AfterAll
    static void stop() {
        if (scene != null) {
            scene.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Its log tells which node it is connected to. */
    private static Service startWorker(int node) throws IOException {
        return scene.startWorker(
                cluster.addresses(node),
                "--logging.level.org.springframework.amqp.rabbit.connection.CachingConnectionFactory=info");
    }

    /** Two jobs run, and two wait. */
    private static List<String> load() {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(scene.enqueue(web, i < 2 ? TestStack.LONG : TestStack.SHORT));
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        scene.status(web, jobs.get(0)).path("stage").asString().equals("converting"));
        return jobs;
    }

    /** The worker that converts the job. */
    private static Service holder(String job) {
        return workers.stream()
                .filter(worker -> worker.log().contains("Job " + job + ", attempt"))
                .findFirst()
                .orElseThrow();
    }

    /** Submits until the job is accepted, as the node to which web is connected may be the one that is lost. */
    private static String enqueue() {
        return TestStack.id(await().atMost(Duration.ofSeconds(30))
                .until(() -> scene.submit(web, TestStack.SHORT).join(), response -> response.statusCode() == 201));
    }

    private static void allFinishOnce(List<String> jobs) throws Exception {
        for (int i = 0; i < jobs.size(); i++) {
            String id = jobs.get(i);
            assertThat(scene.keepsPromise(web, id, i < 2 ? TestStack.LONG : TestStack.SHORT)
                            .path("status")
                            .asString())
                    .isEqualTo("FINISH");
        }
        scene.isClean();
        for (String id : jobs) {
            assertThat(workers.stream()
                            .flatMap(worker -> worker.log().lines())
                            .filter(line -> line.contains("Job " + id + ": finished")))
                    .hasSize(1);
        }
    }

    @Test
    void jobsFinishAfterTheLeaderOfTheQueueWasKilled() throws Exception {
        int leader = cluster.leader();
        List<String> jobs = load();
        cluster.node(leader).kill();
        try {
            // the two that are left accept jobs
            jobs.add(enqueue());
        } finally {
            cluster.node(leader).restart();
        }
        cluster.awaitComplete();
        allFinishOnce(jobs);
    }

    @Test
    void jobsFinishAfterTheNodeOfTheirHolderWasKilled() throws Exception {
        List<String> jobs = load();
        int node = cluster.nodeOf(holder(jobs.get(0)));
        cluster.node(node).kill();
        cluster.node(node).restart();
        cluster.awaitComplete();
        allFinishOnce(jobs);
    }

    /** The node and its clients see each other, but it is in the minority and so pauses. */
    @Test
    void jobsFinishAfterTheNodeOfTheirHolderWasCutOff() throws Exception {
        List<String> jobs = load();
        int node = cluster.nodeOf(holder(jobs.get(0)));
        cluster.disconnect(node);
        try {
            jobs.add(enqueue());
            for (String id : jobs) {
                scene.keepsPromise(web, id, jobs.indexOf(id) < 2 ? TestStack.LONG : TestStack.SHORT);
            }
        } finally {
            cluster.reconnect(node);
        }
        cluster.awaitComplete();
        allFinishOnce(jobs);
    }
}
