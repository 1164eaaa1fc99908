package youtubemp3.jobs.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.redis.RealRedis;

/** Reads arbitrary values of the workers' hash in Redis. */
@AddLifecycleHook(ManyCases.class)
class WorkerHeartbeatsProperties {

    private static final String KEY = "{jobs}:workers";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final WorkerHeartbeat THERE =
            new WorkerHeartbeat("there", "2026.10.26", "7.1", 2, 1, null, null, null, NOW);

    private static LettuceConnectionFactory connection;
    private static StringRedisTemplate redis;
    private static WorkerHeartbeats reports;

    @BeforeContainer
    static void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        reports = new WorkerHeartbeats(redis, () -> NOW);
    }

    @AfterContainer
    static void disconnect() {
        connection.destroy();
    }

    @Property(tries = 50)
    void anUnreadableHeartbeatIsRemovedAndHidesNoWorker(
            @ForAll @Size(min = 1, max = 4) List<@From("values") String> values) {
        redis.delete(KEY);
        for (int i = 0; i < values.size(); i++) {
            redis.opsForHash().put(KEY, "worker " + i, values.get(i));
        }
        reports.send(THERE);

        List<WorkerHeartbeat> present = reports.running();
        assertThat(present).contains(THERE).allSatisfy(report -> {
            assertThat(report.name()).isNotNull();
            assertThat(report.ytDlp()).isNotNull();
            assertThat(report.ffmpeg()).isNotNull();
            assertThat(report.seen()).isAfterOrEqualTo(NOW.minusSeconds(30));
            report.ytDlpAge(NOW);
        });
        assertThat(redis.opsForHash().size(KEY)).isEqualTo(present.size());
    }

    @Property(tries = 500)
    void theAgeOfAVersionIsEmptyOrThatOfItsDay(@ForAll("versions") String version) {
        WorkerHeartbeat report = new WorkerHeartbeat("name", version, "7.1", 2, 1, null, null, null, NOW);

        assertThat(report.ytDlpAge(NOW))
                .satisfiesAnyOf(
                        age -> assertThat(age).isEmpty(),
                        age -> assertThat(age)
                                .hasValueSatisfying(time -> assertThat(time.minusHours(12))
                                        .isEqualTo(Duration.ofDays(
                                                time.minusHours(12).toDays()))));
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789.-+\u0661").ofMaxLength(14),
                Combinators.combine(
                                Arbitraries.integers().between(0, 9999),
                                Arbitraries.integers().between(0, 13),
                                Arbitraries.integers().between(0, 32))
                        .as("%04d.%02d.%02d"::formatted),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> scalars = Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "[]",
                        "{}",
                        "\"\"",
                        "\"x\"",
                        "1e400",
                        "-1",
                        "\"2026-11-21T12:00:00Z\"",
                        "\"+1000000000-12-31T23:59:59.999999999Z\"",
                        "\"-1000000000-01-01T00:00:00Z\"",
                        "31556889864403199",
                        "-31557014167219200",
                        "99999999999999999999"),
                Arbitraries.longs().map(String::valueOf));
        List<String> names = List.of("name", "ytDlp", "ffmpeg", "concurrency", "running", "seen", "other");
        Arbitrary<String> objects = Arbitraries.maps(Arbitraries.of(names), scalars)
                .ofMaxSize(names.size())
                .map(changes -> {
                    Map<String, String> fields = new java.util.TreeMap<>(Map.of(
                            "name", "\"n\"",
                            "ytDlp", "\"2026.10.26\"",
                            "ffmpeg", "\"7.1\"",
                            "concurrency", "2",
                            "running", "1",
                            "seen", "\"2026-11-21T12:00:00Z\""));
                    fields.putAll(changes);
                    return fields.entrySet().stream()
                            .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                            .collect(Collectors.joining(",", "{", "}"));
                });
        Arbitrary<String> cut = Combinators.combine(
                        objects, Arbitraries.integers().between(0, 150))
                .as((object, length) -> object.substring(0, Math.min(length, object.length())));
        return Arbitraries.oneOf(
                objects, objects, cut, scalars, Arbitraries.strings().ofMaxLength(40));
    }
}
