package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import youtubemp3.standin.YouTubeStandInExtension;

/** The clock of a worker jumps during a job, by faketime; another worker has a correct clock. */
@Tag("long")
@Timeout(600)
class ClockFaultTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static TestStack scene;
    private static Service web;
    private static Service worker;
    private static Service other;
    private static Path clock;

    @BeforeAll
    static void start() throws Exception {
        scene = new TestStack(YOUTUBE.standIn());
        clock = scene.folder().resolve("clock");
        set("+0");
        web = scene.startWeb();
        worker = scene.startWorker(
                List.of(),
                Map.of(
                        "LD_PRELOAD",
                        library(),
                        "FAKETIME_TIMESTAMP_FILE",
                        clock.toString(),
                        "FAKETIME_NO_CACHE",
                        "1",
                        // only the realtime clock jumps, not the monotonic one
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1"));
        web.awaitStarted();
        worker.awaitStarted();
        other = scene.startWorker().awaitStarted();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    /** The library that the faketime command preloads. */
    private static String library() throws Exception {
        Process process = new ProcessBuilder("faketime", "-f", "+0", "printenv", "LD_PRELOAD").start();
        String path = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).as("install faketime").isZero();
        return path;
    }

    private static void set(String offset) throws Exception {
        Path next = Files.writeString(clock.resolveSibling("clock.next"), offset + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void theJobFinishesAtItsFirstAttempt(int days) throws Exception {
        other.starve();
        Breakpoint converting = worker.breakAt(KillPoint.PROGRESS, Side.AFTER);
        String id = scene.enqueue(web, TestStack.SLOW);
        converting.await();
        set(days > 0 ? "+1d" : "-1d");
        converting.release();
        other.feed();
        JsonNode status = scene.keepsPromise(web, id, TestStack.SLOW);
        set("+0");
        assertThat(status.path("status").asString()).as(status.toString()).isEqualTo("FINISH");
        assertThat(status.path("attempt").asInt()).isEqualTo(1);
        assertThat(lastWordOn(id))
                .as("the clock at the end of the job")
                .isCloseTo(Instant.now().plus(Duration.ofDays(days)), within(10, ChronoUnit.MINUTES));
        scene.isClean();
    }

    /** When the worker logged that a job had finished, by its own clock. */
    private static Instant lastWordOn(String id) {
        String line = worker.log()
                .lines()
                .filter(said -> said.contains("Job " + id + ": finished"))
                .findFirst()
                .orElseThrow();
        return OffsetDateTime.parse(line.substring(0, line.indexOf(' '))).toInstant();
    }
}
