package youtubemp3.jobs.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RealRedis;

class WorkerHeartbeatsTest {

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private LettuceConnectionFactory connection;
    private WorkerHeartbeats reports;

    @BeforeEach
    void connect() {
        connection = RealRedis.shared().connect();
        reports = new WorkerHeartbeats(new StringRedisTemplate(connection), () -> now);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private WorkerHeartbeat report(String name) {
        return new WorkerHeartbeat(name, "2026.10.26", "7.1", 2, 1, null, null, null, now);
    }

    @Test
    void listsTheRunningWorkers() {
        reports.send(report("b"));
        reports.send(report("a"));
        assertThat(reports.running()).containsExactly(report("a"), report("b"));
    }

    @Test
    void omitsAWorkerThatHasTimedOutOrStopped() {
        reports.send(report("silent"));
        now = now.plusSeconds(31);
        reports.send(report("left"));
        reports.send(report("there"));
        reports.remove("left");
        assertThat(reports.running()).extracting(WorkerHeartbeat::name).containsExactly("there");
    }

    @Test
    void anUnreadableHeartbeatIsIgnoredAndRemoved() {
        StringRedisTemplate redis = new StringRedisTemplate(connection);
        redis.opsForHash().put("{jobs}:workers", "other", "no JSON");
        redis.opsForHash().put("{jobs}:workers", "older", "{\"name\": \"older\"}");
        assertThat(reports.running()).isEmpty();
        reports.send(report("there"));
        assertThat(redis.opsForHash().keys("{jobs}:workers")).containsExactly("there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{'name':null,'ytDlp':'7','ffmpeg':'7','concurrency':1,'running':0,'seen':'2026-11-21T12:00:00Z'}",
                "{'name':'x','ffmpeg':'7','concurrency':1,'running':0,'seen':'2026-11-21T12:00:00Z'}",
                "{'name':'x','ytDlp':'7','concurrency':1,'running':0,'seen':'2026-11-21T12:00:00Z'}",
                "{'name':'x','ytDlp':'7','ffmpeg':'7','concurrency':1,'running':0}",
            })
    void anIncompleteHeartbeatHidesNoWorker(String json) {
        new StringRedisTemplate(connection).opsForHash().put("{jobs}:workers", "other", json.replace('\'', '"'));
        reports.send(report("there"));
        assertThat(reports.running()).containsExactly(report("there"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void theClockOfAWorkerDoesNotCount(String own) {
        reports.send(report("there").seenAt(Instant.parse(own)));
        assertThat(reports.running()).containsExactly(report("there"));
    }

    @ParameterizedTest
    @CsvSource({"2026.10.26, 26", "2026.10.26.123456, 26", "2026.11.21, 0", "missing,", "7.1,"})
    void readsTheAgeOfYtDlpFromItsVersion(String version, Long days) {
        WorkerHeartbeat report = new WorkerHeartbeat("name", version, "7.1", 2, 1, null, null, null, now);
        assertThat(report.ytDlpAge(now).map(Duration::toDays).orElse(null)).isEqualTo(days);
    }
}
