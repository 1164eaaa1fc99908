package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static youtubemp3.faults.KillPoint.ACKNOWLEDGE;
import static youtubemp3.faults.KillPoint.BEGIN;
import static youtubemp3.faults.KillPoint.DEAD_LETTER;
import static youtubemp3.faults.KillPoint.DELIVERY;
import static youtubemp3.faults.KillPoint.FAILED;
import static youtubemp3.faults.KillPoint.FINISH;
import static youtubemp3.faults.KillPoint.FOUND;
import static youtubemp3.faults.KillPoint.NOTE;
import static youtubemp3.faults.KillPoint.ON_REFUSED;
import static youtubemp3.faults.KillPoint.ON_SUCCESS;
import static youtubemp3.faults.KillPoint.PROGRESS;
import static youtubemp3.faults.KillPoint.RELEASE;
import static youtubemp3.faults.KillPoint.RENEW;
import static youtubemp3.faults.KillPoint.REQUEUE;
import static youtubemp3.faults.KillPoint.RETRY;
import static youtubemp3.faults.KillPoint.RETRYING;
import static youtubemp3.faults.KillPoint.TAKE_OVER;
import static youtubemp3.faults.KillPoint.TRY_ACQUIRE;
import static youtubemp3.faults.KillPoint.WAITING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;

/** A worker dies at every point of a job. */
@Tag("long")
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
class WorkerDeathTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    @RegisterExtension
    static final StackPool LANES = new StackPool(broker -> Replicas.ofWorker(YOUTUBE.standIn(), broker));

    Broker broker() {
        return Broker.REDIS;
    }

    static Stream<Arguments> each(List<KillPoint> points, List<Death> deaths) {
        return points.stream()
                .flatMap(point -> Stream.of(Side.values())
                        .flatMap(side -> deaths.stream().map(death -> Arguments.of(death, side, point))));
    }

    Stream<Arguments> pointsOfAJobThatFinishes() {
        return each(
                List.of(
                        DELIVERY,
                        TAKE_OVER,
                        TRY_ACQUIRE,
                        BEGIN,
                        FOUND,
                        PROGRESS,
                        ON_SUCCESS,
                        RENEW,
                        FINISH,
                        RELEASE,
                        ACKNOWLEDGE),
                List.of(Death.values()));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("pointsOfAJobThatFinishes")
    void theJobFinishes(Death death, Side side, KillPoint point) throws Exception {
        LANES.with(broker(), product -> {
            Service victim = product.worker();
            product.otherWorker().starve();
            victim.starve();
            String id = product.scene().enqueue(product.web(), point == RENEW ? TestStack.SLOW : TestStack.SHORT);
            if (point == TAKE_OVER) {
                product.scene().abandon();
            }
            Breakpoint breakpoint = victim.breakAt(point, side);
            victim.feed();
            breakpoint.await();
            JsonNode status =
                    afterDeath(product, death, breakpoint, id, point == RENEW ? TestStack.SLOW : TestStack.SHORT);
            assertThat(status.path("status").asString()).isEqualTo("FINISH");
            if (death == Death.TERM && point != TAKE_OVER) {
                assertThat(status.path("attempt").asInt())
                        .as("a requeued attempt is not counted")
                        .isEqualTo(1);
            }
        });
    }

    /** The most important cases of the other tests, which take some minutes together. */
    Stream<Arguments> mainPoints() {
        return Stream.of(
                Arguments.of(Death.KILL, Side.AFTER, DELIVERY),
                Arguments.of(Death.KILL, Side.BEFORE, FINISH),
                Arguments.of(Death.KILL, Side.BEFORE, ACKNOWLEDGE),
                Arguments.of(Death.TERM, Side.BEFORE, BEGIN),
                Arguments.of(Death.TERM, Side.AFTER, PROGRESS),
                Arguments.of(Death.TERM, Side.AFTER, FINISH));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("mainPoints")
    void theJobFinishesAtTheMainPoints(Death death, Side side, KillPoint point) throws Exception {
        theJobFinishes(death, side, point);
    }

    Stream<Arguments> pointsOfAJobThatFails() {
        return each(List.of(ON_REFUSED, RETRYING, RETRY, FAILED, DEAD_LETTER), List.of(Death.values()));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("pointsOfAJobThatFails")
    void theJobFails(Death death, Side side, KillPoint point) throws Exception {
        fails(death, side, point, Scenario.MEDIA_403, "FORBIDDEN");
    }

    Stream<Arguments> pointsOfAJobWhoseVideoIsPrivate() {
        return each(List.of(ON_SUCCESS, NOTE, FAILED, ACKNOWLEDGE), List.of(Death.values()));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("pointsOfAJobWhoseVideoIsPrivate")
    void theJobFailsForItsVideo(Death death, Side side, KillPoint point) throws Exception {
        fails(death, side, point, Scenario.PRIVATE, "PRIVATE");
    }

    private void fails(Death death, Side side, KillPoint point, Scenario video, String kind) throws Exception {
        LANES.with(broker(), product -> {
            Service victim = product.worker();
            product.otherWorker().starve();
            victim.feed();
            // the failure that the previous test has cached would be returned at once
            product.scene().redis().template().delete("vf_" + video.id());
            Breakpoint breakpoint = victim.breakAt(point, side);
            String id = product.scene().enqueue(product.web(), video.id());
            breakpoint.await();
            JsonNode status = afterDeath(product, death, breakpoint, id, video.id());
            assertThat(status.path("status").asString()).isEqualTo("FAILED");
            assertThat(status.path("failure").path("kind").asString()).isEqualTo(kind);
        });
    }

    Stream<Arguments> pointsOfAJobThatIsRefused() {
        return each(List.of(ON_REFUSED, WAITING, RELEASE, REQUEUE), List.of(Death.values()));
    }

    /** YouTube demands a bot check, but no longer at the end of the pause. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("pointsOfAJobThatIsRefused")
    void aRefusedJobFinishes(Death death, Side side, KillPoint point) throws Exception {
        LANES.with(broker(), product -> {
            Service victim = product.worker();
            product.otherWorker().starve();
            victim.feed();
            String video = product.scene().refused();
            Breakpoint breakpoint = victim.breakAt(point, side);
            String id = product.scene().enqueue(product.web(), video);
            breakpoint.await();
            product.scene().admitted(video);
            JsonNode status = afterDeath(product, death, breakpoint, id, video);
            assertThat(status.path("status").asString()).isEqualTo("FINISH");
        });
    }

    Stream<Arguments> pointsOfAJobThatIsRequeued() {
        return each(List.of(WAITING, REQUEUE), List.of(Death.KILL));
    }

    /** The worker gets SIGTERM and is killed while it requeues the job. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "TERM, then {0} {1} {2}")
    @MethodSource("pointsOfAJobThatIsRequeued")
    void theJobThatIsRequeuedFinishes(Death death, Side side, KillPoint point) throws Exception {
        LANES.with(broker(), product -> {
            Service victim = product.worker();
            product.otherWorker().starve();
            victim.feed();
            Breakpoint found = victim.breakAt(FOUND, Side.AFTER);
            // the sound arrives later than the worker's shutdown timeout
            String id = product.scene().enqueue(product.web(), TestStack.LATE);
            found.await();
            Breakpoint breakpoint = victim.breakAt(point, side);
            victim.terminate();
            found.release();
            breakpoint.await();
            JsonNode status = afterDeath(product, death, breakpoint, id, TestStack.LATE);
            assertThat(status.path("status").asString()).isEqualTo("FINISH");
        });
    }

    List<Death> deaths() {
        return List.of(Death.values());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("deaths")
    void duringTheFetchTheJobFinishes(Death death) throws Exception {
        LANES.with(broker(), product -> {
            Service victim = product.worker();
            product.otherWorker().starve();
            victim.feed();
            Breakpoint found = victim.breakAt(FOUND, Side.AFTER);
            String id = product.scene().enqueue(product.web(), TestStack.LATE);
            // the metadata has arrived, but the sound has not
            found.await();
            product.scene().tool("yt-dlp");
            JsonNode status = afterDeath(product, death, found, id, TestStack.LATE);
            assertThat(status.path("status").asString()).isEqualTo("FINISH");
        });
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("deaths")
    void duringTheEncodeTheJobFinishes(Death death) throws Exception {
        LANES.with(broker(), product -> {
            Service victim = product.worker();
            product.otherWorker().starve();
            victim.feed();
            Breakpoint converting = victim.breakAt(PROGRESS, Side.AFTER);
            String id = product.scene().enqueue(product.web(), TestStack.SLOW);
            // a part of the sound has been encoded
            converting.await();
            product.scene().tool("ffmpeg");
            JsonNode status = afterDeath(product, death, converting, id, TestStack.SLOW);
            assertThat(status.path("status").asString()).isEqualTo("FINISH");
        });
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("deaths")
    void whileItSplitsChaptersTheJobFinishes(Death death) throws Exception {
        LANES.with(
                broker(),
                product -> chapters(
                        product,
                        death,
                        // the sound is split, and the tags of each chapter are written
                        () -> TestStack.files(product.scene().volume(), path -> path.endsWith("parts"))));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("deaths")
    void whileItWritesToTheLibraryTheJobFinishes(Death death) throws Exception {
        LANES.with(broker(), product -> {
            int atDeath = chapters(product, death, () -> library(product));
            if (death == Death.KILL) {
                assertThat(atDeath).as("chapters in the library").isLessThan(TestStack.CHAPTER_COUNT);
            }
        });
    }

    /**
     * The worker dies as soon as there are such files.
     *
     * @return how many files were in the library when the worker had died
     */
    private int chapters(Replicas product, Death death, Supplier<List<Path>> files) throws Exception {
        FileSystemUtils.deleteRecursively(product.scene().library());
        Files.createDirectory(product.scene().library());
        Service victim = product.worker();
        product.otherWorker().starve();
        victim.feed();
        String id = product.scene().enqueue(product.web(), TestStack.CHAPTERS, Map.of("chapters", "split"));
        await("files of chapters")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !files.get().isEmpty());
        death.strike(victim);
        victim.awaitEnd();
        int atDeath = library(product).size();
        isReplaced(product);
        JsonNode status = product.scene().end(product.web(), id);
        isClean(product, death, id);

        assertThat(status.path("status").asString()).isEqualTo("FINISH");
        assertThat(product.scene().published(id))
                .singleElement()
                .satisfies(zip -> assertThat(entries(zip)).isEqualTo(TestStack.CHAPTER_COUNT));
        assertThat(library(product))
                .as("one file a chapter, and none that is unfinished")
                .hasSize(TestStack.CHAPTER_COUNT)
                .allMatch(file -> file.toString().endsWith(".mp3"));
        return atDeath;
    }

    /** All files in the library, hidden ones included. */
    private static List<Path> library(Replicas product) {
        return TestStack.files(product.scene().library(), Files::isRegularFile);
    }

    private static int entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.size();
        }
    }

    private static JsonNode afterDeath(Replicas product, Death death, Breakpoint breakpoint, String id, String video)
            throws Exception {
        Service victim = product.worker();
        death.strike(victim, breakpoint);
        isReplaced(product);
        JsonNode status = product.scene().keepsPromise(product.web(), id, video);
        if (death == Death.TERM) {
            victim.awaitEnd();
        }
        isClean(product, death, id);
        return status;
    }

    private static void isReplaced(Replicas product) throws IOException {
        Service other = product.otherWorker();
        product.replaceWorker();
        other.feed();
    }

    private static void isClean(Replicas product, Death death, String id) throws Exception {
        if (death == Death.TERM) {
            product.scene().isClean();
        } else {
            product.scene().isClean(id);
            product.scene().cleanUp();
        }
    }
}
