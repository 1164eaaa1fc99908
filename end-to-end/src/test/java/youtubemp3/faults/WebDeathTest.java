package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static youtubemp3.faults.KillPoint.ADMIT;
import static youtubemp3.faults.KillPoint.ENQUEUE;
import static youtubemp3.faults.KillPoint.ON_QUEUE;
import static youtubemp3.faults.KillPoint.REMEMBER;
import static youtubemp3.faults.KillPoint.SENT;
import static youtubemp3.faults.KillPoint.WISH;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import youtubemp3.NewWish;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandInExtension;

/** Web dies at every point of a submission. */
@Tag("long")
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
class WebDeathTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    @RegisterExtension
    static final StackPool LANES = new StackPool(broker -> Replicas.ofWeb(YOUTUBE.standIn(), broker));

    Broker broker() {
        return Broker.REDIS;
    }

    Stream<Arguments> points() {
        return Stream.of(WISH, REMEMBER, ADMIT, ON_QUEUE, ENQUEUE, SENT)
                .flatMap(point -> Stream.of(Side.values()).map(side -> Arguments.of(side, point)));
    }

    /** Without a 201, the job is not guaranteed. When it is submitted again, it is, even if its status was written before. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "KILL {0} {1}")
    @MethodSource("points")
    void aKilledWebLeavesNothingBroken(Side side, KillPoint point) throws Exception {
        LANES.with(broker(), product -> {
            TestStack scene = product.scene();
            product.worker();
            Service victim = product.web();
            scene.redis().template().delete("ve_" + TestStack.SHORT);
            Breakpoint breakpoint = victim.breakAt(point, side);
            String body = NewWish.json(TestStack.SHORT);
            CompletableFuture<HttpResponse<String>> answer = scene.submitBody(victim, body);
            breakpoint.await();
            Death.KILL.strike(victim, breakpoint);
            product.replaceWeb();
            assertThat(answer).failsWithin(10, TimeUnit.SECONDS);
            HttpResponse<String> again = scene.submitBody(product.web(), body).join();
            assertThat(again.statusCode()).isEqualTo(201);
            String id = TestStack.id(again);
            assertThat(scene.keepsPromise(product.web(), id, TestStack.SHORT)
                            .path("status")
                            .asString())
                    .isEqualTo("FINISH");
            scene.isClean();
        });
    }

    /** After SIGTERM, web still responds to the running submission, and its job is guaranteed. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "TERM {0} {1}")
    @MethodSource("points")
    void aStoppingWebRespondsFirst(Side side, KillPoint point) throws Exception {
        LANES.with(broker(), product -> {
            TestStack scene = product.scene();
            product.worker();
            Service victim = product.web();
            scene.redis().template().delete("ve_" + TestStack.SHORT);
            Breakpoint breakpoint = victim.breakAt(point, side);
            CompletableFuture<HttpResponse<String>> answer = scene.submit(victim, TestStack.SHORT);
            breakpoint.await();
            Death.TERM.strike(victim, breakpoint);
            product.replaceWeb();
            HttpResponse<String> response = answer.get(30, TimeUnit.SECONDS);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            assertThat(scene.keepsPromise(product.web(), TestStack.id(response), TestStack.SHORT)
                            .path("status")
                            .asString())
                    .isEqualTo("FINISH");
            victim.awaitEnd();
            scene.isClean();
        });
    }
}
