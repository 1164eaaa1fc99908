package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandInExtension;

/** RabbitMQ dies, is unreachable, slow, suspended or full during running jobs; and Redis, which has their statuses, is away. */
@Tag("compose")
@Timeout(600)
class RabbitFaultTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static LoadedStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = new LoadedStack(YOUTUBE.standIn(), Broker.RABBITMQ);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static RabbitServer rabbit() {
        return stack.scene().rabbit();
    }

    /** The failure of the broker is none of the jobs, so their attempts do not count. */
    private static void allFinishAtTheirFirstAttempt(List<String> jobs) throws Exception {
        stack.allFinish(jobs);
        for (String id : jobs) {
            assertThat(stack.attempt(id)).isEqualTo(1);
        }
    }

    private static void awaitTenSeconds() {
        long begin = System.nanoTime();
        await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(10));
    }

    @ParameterizedTest
    @EnumSource
    void jobsFinishAfterRabbitHasEndedUnderLoad(Death death) throws Exception {
        List<String> jobs = stack.load();
        if (death == Death.KILL) {
            rabbit().kill();
        } else {
            rabbit().stop();
        }
        stack.awaitAnswer(503);
        rabbit().restart();
        allFinishAtTheirFirstAttempt(jobs);
    }

    @Test
    void jobsFinishAfterTenSecondsWithoutRabbit() throws Exception {
        List<String> jobs = stack.load();
        stack.awaitConverting(jobs);
        stack.worker().rabbit().refuse();
        stack.web().rabbit().refuse();
        stack.awaitAnswer(503);
        awaitTenSeconds();
        stack.worker().rabbit().accept();
        stack.web().rabbit().accept();
        allFinishAtTheirFirstAttempt(jobs);
    }

    @Test
    void jobsFinishWithASlowRabbit() throws Exception {
        stack.web().rabbit().delay(Duration.ofMillis(300));
        stack.worker().rabbit().delay(Duration.ofMillis(300));
        try {
            allFinishAtTheirFirstAttempt(stack.load());
        } finally {
            stack.web().rabbit().delay(Duration.ZERO);
            stack.worker().rabbit().delay(Duration.ZERO);
        }
    }

    /** RabbitMQ blocks those that publish. Jobs that it has are delivered, finish and are acknowledged. */
    @ParameterizedTest
    @CsvSource({
        "set_disk_free_limit 1000000GB, set_disk_free_limit 50MB",
        "set_vm_memory_high_watermark absolute 1MB, set_vm_memory_high_watermark 0.6"
    })
    void jobsFinishWhileRabbitIsOutOfDiskOrMemory(String full, String asBefore) throws Exception {
        List<String> jobs = stack.load();
        rabbit().tell(full.split(" "));
        try {
            stack.awaitAnswer(503);
            for (String id : jobs) {
                assertThat(stack.scene()
                                .keepsPromise(stack.web(), id, TestStack.SLOW)
                                .path("status")
                                .asString())
                        .isEqualTo("FINISH");
            }
        } finally {
            rabbit().tell(asBefore.split(" "));
        }
        allFinishAtTheirFirstAttempt(jobs);
        stack.awaitAnswer(201);
        stack.scene().isClean();
    }

    /** SIGSTOP: its connections stay open, and heartbeats are missed on both sides. */
    @Test
    void jobsFinishAfterRabbitWasFrozen() throws Exception {
        List<String> jobs = stack.load();
        rabbit().freeze();
        try {
            stack.awaitAnswer(503);
            awaitTenSeconds();
        } finally {
            rabbit().thaw();
        }
        stack.allFinish(jobs);
    }

    /** The network is cut for several heartbeats, in which another worker does the jobs. The first one changes nothing after that. */
    @Test
    void jobsFinishAfterAWorkersNetworkWasCut() throws Exception {
        Service other = stack.startWorker().awaitStarted();
        other.starve();
        try {
            List<String> jobs = stack.load();
            stack.worker().rabbit().cut();
            try {
                other.feed();
                for (String id : jobs) {
                    stack.scene().keepsPromise(stack.web(), id, TestStack.SLOW);
                }
            } finally {
                stack.worker().rabbit().heal();
            }
            stack.allFinish(jobs);
        } finally {
            other.starve();
        }
    }

    /**
     * RabbitMQ takes a job back that runs for longer than a timeout, by default half an hour. It is a second here, and the job takes
     * more than ten.
     */
    @Test
    void aJobOfManyConsumerTimeoutsFinishesAtItsFirstDelivery() throws Exception {
        rabbit().tell("eval", "application:set_env(rabbit, channel_tick_interval, 200).");
        rabbit().tell("eval", "application:set_env(rabbit, consumer_timeout, 1000).");
        try (Connection connection = rabbit().connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare("short", true, false, false, Map.of("x-queue-type", "quorum"));
            channel.basicPublish("", "short", null, new byte[0]);
            channel.basicConsume("short", false, new DefaultConsumer(channel));

            String id = stack.scene().enqueue(stack.web(), TestStack.LONG);
            JsonNode status = stack.scene().keepsPromise(stack.web(), id, TestStack.LONG);

            assertThat(status.path("status").asString()).isEqualTo("FINISH");
            assertThat(status.path("attempt").asInt()).isEqualTo(1);
            assertThat(stack.worker().log()).doesNotContain("Lost the lease of job " + id);
            assertThat(channel.getCloseReason())
                    .as("a queue without a timeout of its own")
                    .hasMessageContaining("timeout");
            stack.scene().isClean();
        } finally {
            rabbit().tell("eval", "application:set_env(rabbit, consumer_timeout, 1800000).");
            rabbit().tell("eval", "application:set_env(rabbit, channel_tick_interval, 60000).");
        }
    }

    @Test
    void jobsFinishAfterTenSecondsWithoutRedis() throws Exception {
        List<String> jobs = stack.load();
        stack.worker().redis().refuse();
        stack.web().redis().refuse();
        stack.awaitAnswer(503);
        awaitTenSeconds();
        stack.worker().redis().accept();
        stack.web().redis().accept();
        allFinishAtTheirFirstAttempt(jobs);
    }
}
