package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandInExtension;

/** Changes the broker while jobs run, wait, and wait for their next attempt, as docs/brokers.md tells. */
@Tag("compose")
@Timeout(600)
class ChangeOfBrokerTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    @ParameterizedTest(name = "from {0}")
    @EnumSource
    void noJobIsLost(Broker from) throws Exception {
        Broker to = from == Broker.REDIS ? Broker.RABBITMQ : Broker.REDIS;
        try (TestStack stack = new TestStack(YOUTUBE.standIn(), Broker.RABBITMQ)) {
            Service web = stack.startWeb(setting(from));
            Service worker = stack.startWorker(setting(from), "--youtubemp3.worker.retry-delay=20s");
            web.awaitStarted();
            worker.awaitStarted();
            String video = stack.failing();
            String retrying = stack.enqueue(web, video);
            await("a job that waits for its next attempt")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> stack.redis().template().opsForZSet().size("{jobs}:retries") == 1);
            stack.admitted(video);
            List<String> slow = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                slow.add(stack.enqueue(web, TestStack.SLOW));
            }

            // 1. web is restarted with the new broker
            web.terminate();
            web.awaitEnd();
            stack.forget(web);
            web = stack.startWeb(setting(to));
            web.awaitStarted();
            slow.add(stack.enqueue(web, TestStack.SLOW));
            // 2. the worker empties the old queue, with one for the new queue beside it
            Service next = stack.startWorker(setting(to));
            next.awaitStarted();
            await("an empty queue")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> (from == Broker.REDIS
                                    ? stack.inRedis()
                                    : stack.rabbit().jobs())
                            == 0);
            // 3. the worker is restarted with the new broker
            worker.terminate();
            worker.awaitEnd();
            stack.forget(worker);
            Service again = stack.startWorker(setting(to));
            again.awaitStarted();

            for (String id : slow) {
                JsonNode status = stack.keepsPromise(web, id, TestStack.SLOW);
                assertThat(status.path("status").asString()).isEqualTo("FINISH");
                assertThat(status.path("attempt").asInt()).isEqualTo(1);
            }
            assertThat(stack.keepsPromise(web, retrying, video).path("status").asString())
                    .isEqualTo("FINISH");
            stack.isClean();
            assertThat(stack.inRedis()).isZero();
        }
    }

    private static String setting(Broker broker) {
        return "--youtubemp3.jobs.broker=" + broker.name().toLowerCase(Locale.ROOT);
    }
}
