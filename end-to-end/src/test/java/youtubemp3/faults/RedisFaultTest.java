package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandInExtension;

/** Redis dies, is unreachable, slow, full or read-only during running jobs. */
@Tag("long")
@Timeout(600)
class RedisFaultTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static LoadedStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = new LoadedStack(YOUTUBE.standIn(), Broker.REDIS);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void jobsFinishAfterRedisWasKilledUnderLoad() throws Exception {
        List<String> jobs = stack.load();
        stack.scene().redis().kill();
        stack.scene().redis().start();
        stack.allFinish(jobs);
    }

    @Test
    void jobsFinishAfterTenSecondsWithoutRedis() throws Exception {
        List<String> jobs = stack.load();
        List<String> converting = stack.awaitConverting(jobs);
        stack.worker().redis().refuse();
        stack.web().redis().refuse();
        long gone = System.nanoTime();
        stack.awaitAnswer(503);
        await().atMost(Duration.ofSeconds(20)).until(() -> System.nanoTime() - gone > TimeUnit.SECONDS.toNanos(10));
        stack.worker().redis().accept();
        stack.web().redis().accept();
        stack.allFinish(jobs);
        // the leases have expired, but live workers get time to renew them
        for (String id : converting) {
            assertThat(stack.attempt(id)).isEqualTo(1);
        }
    }

    @Test
    void jobsFinishWithASlowRedis() throws Exception {
        stack.web().redis().delay(Duration.ofMillis(300));
        stack.worker().redis().delay(Duration.ofMillis(300));
        try {
            stack.allFinish(stack.load());
        } finally {
            stack.web().redis().delay(Duration.ZERO);
            stack.worker().redis().delay(Duration.ZERO);
        }
    }

    @Test
    void jobsFinishAfterRedisWasOutOfMemory() throws Exception {
        List<String> jobs = stack.load();
        stack.scene().redis().tell("CONFIG", "SET", "maxmemory", "1");
        try {
            stack.awaitAnswer(503);
            // the file has been published, but FINISH cannot be written
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> jobs.stream().filter(stack::isPublished).anyMatch(id -> stack.isStill(id, "ONQUEUE")));
        } finally {
            stack.scene().redis().tell("CONFIG", "SET", "maxmemory", "0");
        }
        stack.allFinish(jobs);
    }

    @Test
    void jobsFinishAfterRedisWasReadOnly() throws Exception {
        List<String> jobs = stack.load();
        // of a master that does not exist
        stack.scene().redis().tell("REPLICAOF", "127.0.0.1", "1");
        try {
            stack.awaitAnswer(503);
            // the lease cannot be renewed, so nothing is published
            await().atMost(Duration.ofMinutes(3))
                    .until(() ->
                            stack.worker().log().contains("Job " + jobs.get(0) + " is converted and waits for Redis"));
            assertThat(stack.isPublished(jobs.get(0))).isFalse();
        } finally {
            stack.scene().redis().tell("REPLICAOF", "NO", "ONE");
        }
        stack.allFinish(jobs);
    }
}
