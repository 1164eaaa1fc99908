package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandIn;

/** A product with one web and a worker that runs two jobs at a time, to be tried under load. */
final class LoadedStack implements AutoCloseable {

    private final TestStack scene;
    private final Service web;
    private final Service worker;
    private final List<Service> workers = new ArrayList<>();

    LoadedStack(YouTubeStandIn youTube, Broker broker) throws IOException, InterruptedException {
        scene = new TestStack(youTube, broker);
        web = scene.startWeb();
        worker = startWorker();
        web.awaitStarted();
        worker.awaitStarted();
    }

    TestStack scene() {
        return scene;
    }

    Service web() {
        return web;
    }

    Service worker() {
        return worker;
    }

    /** Starts another worker without waiting until it is ready. */
    Service startWorker() throws IOException {
        Service next = scene.startWorker("--youtubemp3.worker.concurrency=2");
        workers.add(next);
        return next;
    }

    /** Two jobs run, one of them for seconds, and two wait. */
    List<String> load() throws InterruptedException {
        worker.feed();
        Breakpoint converting = worker.breakAt(KillPoint.PROGRESS, Side.AFTER);
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(scene.enqueue(web, TestStack.SLOW));
        }
        converting.await();
        converting.release();
        return jobs;
    }

    void allFinish(List<String> jobs) throws Exception {
        for (String id : jobs) {
            assertThat(scene.keepsPromise(web, id, TestStack.SLOW)
                            .path("status")
                            .asString())
                    .isEqualTo("FINISH");
        }
        scene.isClean();
        for (String id : jobs) {
            assertThat(finishes(id)).as("how often job " + id + " has finished").isEqualTo(1);
        }
    }

    /** How often the workers logged that a job has finished. */
    private long finishes(String id) {
        return workers.stream()
                .flatMap(service -> service.log().lines())
                .filter(line -> line.contains("Job " + id + ": finished"))
                .count();
    }

    /** Those that are being converted, once there are some. */
    List<String> awaitConverting(List<String> jobs) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> jobs.stream()
                                .filter(id -> isStill(id, "converting"))
                                .toList(),
                        found -> !found.isEmpty());
    }

    boolean isPublished(String id) {
        return Files.exists(scene.volume().resolve(id + ".mp3"));
    }

    int attempt(String id) throws IOException, InterruptedException {
        return scene.status(web, id).path("attempt").asInt();
    }

    /** Whether the job has this status or stage. */
    boolean isStill(String id, String status) {
        try {
            JsonNode now = scene.status(web, id);
            return Stream.of("status", "stage")
                    .anyMatch(field -> now.path(field).asString().equals(status));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Submits until the answer has this status. */
    void awaitAnswer(int status) {
        await("the answer " + status).atMost(Duration.ofSeconds(30)).until(() -> {
            HttpResponse<String> response = scene.submit(web, TestStack.SHORT).join();
            if (response.statusCode() == 201) {
                scene.keepsPromise(web, TestStack.id(response), TestStack.SHORT);
            }
            return response.statusCode() == status;
        });
    }

    @Override
    public void close() {
        scene.close();
    }
}
