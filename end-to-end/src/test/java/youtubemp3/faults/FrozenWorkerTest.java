package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandInExtension;

/**
 * A worker is suspended (SIGSTOP) beyond its lease, another one does its job, and the first resumes: it publishes nothing, acknowledges
 * nothing, and changes no status.
 */
@Tag("long")
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
class FrozenWorkerTest {

    static final String THE_LAST_CHECK = "the last check of the lease";

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    @RegisterExtension
    static final StackPool LANES = new StackPool(broker -> Replicas.ofWorker(YOUTUBE.standIn(), broker));

    Broker broker() {
        return Broker.REDIS;
    }

    /** All points but one: between the check of the lease and the rename it may publish, see docs/architecture.md. */
    Stream<Arguments> points() {
        return Stream.of(
                Arguments.of(Side.BEFORE, KillPoint.BEGIN.toString()),
                Arguments.of(Side.AFTER, KillPoint.BEGIN.toString()),
                Arguments.of(Side.AFTER, KillPoint.PROGRESS.toString()),
                Arguments.of(Side.BEFORE, THE_LAST_CHECK),
                Arguments.of(Side.BEFORE, KillPoint.FINISH.toString()),
                Arguments.of(Side.AFTER, KillPoint.FINISH.toString()),
                Arguments.of(Side.BEFORE, KillPoint.ACKNOWLEDGE.toString()));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("points")
    void aWokenWorkerChangesNothing(Side side, String point) throws Exception {
        LANES.with(broker(), product -> {
            TestStack scene = product.scene();
            Service sleeper = product.worker();
            Service other = product.otherWorker();
            other.starve();
            sleeper.feed();
            Breakpoint breakpoint = sleeper.breakAt(at(scene, point), side);
            String id = scene.enqueue(product.web(), TestStack.SHORT);
            breakpoint.await();
            sleeper.freeze();
            other.feed();
            scene.keepsPromise(product.web(), id, TestStack.SHORT);
            StringRedisTemplate redis = scene.redis().template();
            await("its end").atMost(Duration.ofMinutes(3)).until(() -> scene.queued() == 0);
            other.starve();
            Path mp3 = scene.volume().resolve(id + ".mp3");
            BasicFileAttributes file = Files.readAttributes(mp3, BasicFileAttributes.class);
            Map<Object, Object> details = redis.opsForHash().entries("job:" + id);

            breakpoint.release();
            sleeper.thaw();
            awaitNextLook(sleeper);

            BasicFileAttributes after = Files.readAttributes(mp3, BasicFileAttributes.class);
            assertThat(after.fileKey()).as("the file itself").isEqualTo(file.fileKey());
            assertThat(after.lastModifiedTime()).isEqualTo(file.lastModifiedTime());
            assertThat(redis.opsForHash().entries("job:" + id)).isEqualTo(details);
            assertThat(scene.keepsPromise(product.web(), id, TestStack.SHORT)
                            .path("status")
                            .asString())
                    .isEqualTo("FINISH");
            scene.isClean();
        });
    }

    private static Predicate<Request> at(TestStack scene, String point) {
        return Stream.of(KillPoint.values())
                .filter(candidate -> candidate.toString().equals(point))
                .findFirst()
                .<Predicate<Request>>map(found -> found::is)
                // the file is complete, but not yet renamed
                .orElse(request -> KillPoint.RENEW.is(request)
                        && !TestStack.files(scene.volume().resolve("work"), file -> file.endsWith("tagged.mp3"))
                                .isEmpty()
                        && TestStack.files(scene.volume().resolve("work"), file -> file.endsWith("sound.mp3"))
                                .isEmpty());
    }

    /** Waits until the worker asks for the next job, with its only thread. */
    private static void awaitNextLook(Service worker) throws InterruptedException {
        Breakpoint look = worker.breakAt(KillPoint.DELIVERY, Side.BEFORE);
        look.await();
        look.release();
    }
}
