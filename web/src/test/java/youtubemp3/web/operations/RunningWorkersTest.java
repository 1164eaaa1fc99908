package youtubemp3.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;

@ExtendWith(OutputCaptureExtension.class)
class RunningWorkersTest {

    /** Of its own, since other tests' services in this JVM would warn of the same workers. */
    private final RealRedis server = RealRedis.start();

    private final LettuceConnectionFactory connection = server.connect();
    private final WorkerHeartbeats heartbeats = new WorkerHeartbeats(new StringRedisTemplate(connection));
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final RunningWorkers runningWorkers = new RunningWorkers(
            heartbeats, new OperationsSettings(Duration.ofDays(60)), () -> now, new SimpleMeterRegistry());

    @AfterEach
    void disconnect() {
        connection.destroy();
        server.close();
    }

    @Test
    void areThoseOfTheRunningWorkers() {
        runningWorkers.read();
        assertThat(runningWorkers.ytDlpVersions()).isEmpty();

        send("1", "2026.10.26");
        send("2", "2026.10.26.232932");
        send("3", "2026.10.26");
        send("4", "2023.03.04");
        send("5", "missing");
        send("6", "Traceback (most recent call last):");
        runningWorkers.read();
        assertThat(runningWorkers.ytDlpVersions()).containsExactly("2023.03.04", "2026.10.26", "2026.10.26.232932");
    }

    @Test
    void anOldOneIsWarnedOfOnceADay(CapturedOutput output) {
        send("1", "2026.09.28");
        send("2", "2026.09.30");
        runningWorkers.read();
        runningWorkers.read();
        assertThat(output)
                .containsOnlyOnce("days old")
                .contains("yt-dlp 2026.09.28 of worker 1 is more than 60 days old");

        now = now.plus(Duration.ofHours(25));
        runningWorkers.read();
        assertThat(output.toString().split("2026.09.28 of worker 1", -1)).hasSize(3);
    }

    private void send(String name, String version) {
        heartbeats.send(new WorkerHeartbeat(name, version, "7.1", 1, 0, null, null, null, now));
    }
}
