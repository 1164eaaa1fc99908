package youtubemp3.jobs.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.redis.JobStream.Entry;
import youtubemp3.jobs.redis.RealRedis;

/** Messages that nobody of ours wrote, on a real Redis. */
@AddLifecycleHook(ManyCases.class)
class RedisJobConsumerProperties {

    private static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            10,
            Duration.ofSeconds(30));

    private static LettuceConnectionFactory connection;
    private static StringRedisTemplate redis;

    @BeforeContainer
    static void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
    }

    @AfterContainer
    static void disconnect() {
        connection.destroy();
    }

    @Property
    void whatIsReadIsAJobOrRefused(
            @ForAll("fields") Map<String, String> fields, @ForAll @IntRange(min = 1, max = 1000) int deliveries) {
        if (isJob(fields)) {
            Entry entry = JobStream.read("1-0", fields, deliveries);
            assertThat(entry.job().id().toString()).isEqualToIgnoringCase(fields.get("job"));
            assertThat(entry.job().video().value()).isEqualTo(fields.get("video"));
            assertThat(entry.attempt()).isGreaterThanOrEqualTo(deliveries);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> JobStream.read("1-0", fields, deliveries));
        }
    }

    @Property(tries = 20)
    void whatIsNoJobIsSetAsideAndTheNextOneComes(@ForAll("fields") Map<String, String> fields) {
        redis.delete(JobStream.KEYS);
        RedisJobConsumer source = new RedisJobConsumer(redis, SETTINGS);
        source.join();
        redis.opsForStream().add(JobStream.STREAM, fields);
        Job next = Job.of(new VideoId("dQw4w9WgXcQ"));
        new RedisJobQueue(redis, SETTINGS).enqueue(next);

        assertThat(source.take().isPresent()).isEqualTo(isJob(fields));
        assertThat(source.take()).map(Entry::job).contains(next);
        assertThat(dead())
                .hasSize(isJob(fields) ? 0 : 1)
                .allSatisfy(letter -> assertThat(letter)
                        .containsEntry("kind", "MALFORMED")
                        .containsAllEntriesOf(withoutKindAndReason(fields)));
    }

    @Property(tries = 20)
    void whatIsNoRetryIsSetAsideAndTheNextOneComes(@ForAll("members") String member) {
        redis.delete(JobStream.KEYS);
        RedisJobConsumer source = new RedisJobConsumer(redis, SETTINGS);
        source.join();
        Job due = Job.of(new VideoId("dQw4w9WgXcQ"));
        redis.opsForZSet().add(JobStream.RETRY, member, 1);
        redis.opsForZSet().add(JobStream.RETRY, due.id() + " " + due.video() + " 1", 2);

        Entry entry = source.take().or(source::take).orElseThrow();
        assertThat(entry.job()).isEqualTo(due);
        assertThat(entry.attempt()).isEqualTo(2);
        assertThat(source.settle(entry, new Outcome.Done())).isTrue();
        assertThat(redis.opsForZSet().size(JobStream.RETRY)).isZero();
        assertThat(redis.opsForStream().size(JobStream.STREAM)).isZero();
        assertThat(dead())
                .singleElement()
                .satisfies(letter -> assertThat(letter).containsEntry("kind", "MALFORMED"));
    }

    /** What a job's fields must be, said once more and differently. */
    private static boolean isJob(Map<String, String> fields) {
        String job = fields.getOrDefault("job", "").toLowerCase(java.util.Locale.ROOT);
        String attempts = fields.getOrDefault("attempts", "0");
        return job.length() == 36
                && job.equals(canonical(job))
                && VideoId.parse(fields.getOrDefault("video", "")).isPresent()
                && attempts.length() <= 6
                && !attempts.isEmpty()
                && attempts.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String canonical(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            return "none";
        }
    }

    private static List<Map<Object, Object>> dead() {
        return redis.opsForStream().range(JobStream.DEAD, Range.unbounded()).stream()
                .map(MapRecord::getValue)
                .toList();
    }

    /** As Redis gives back what is not UTF-8; a field called as one of ours is hidden behind it. */
    private static Map<String, String> withoutKindAndReason(Map<String, String> fields) {
        Map<String, String> seen = new HashMap<>();
        fields.forEach((name, value) -> seen.put(utf8(name), utf8(value)));
        seen.keySet().removeAll(List.of("kind", "reason"));
        return seen;
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "", "0", "1", "-1", "+1", "2147483647", "99999999999", "1-1-1-1-1", "\u0661", "dQw4w9WgXcQ"),
                ids().map(UUID::toString),
                Arbitraries.strings().ofMaxLength(40));
        Arbitrary<Map<String, String>> changes = Arbitraries.maps(
                        Arbitraries.oneOf(
                                Arbitraries.of("job", "video", "attempts", "kind", "reason"),
                                Arbitraries.strings().ofMaxLength(10)),
                        values)
                .ofMaxSize(5);
        Arbitrary<Map<String, String>> others = Combinators.combine(
                        ids(), changes, Arbitraries.of("job", "video", "attempts", "none"))
                .as((id, changed, without) -> {
                    Map<String, String> job =
                            new HashMap<>(Map.of("job", id.toString(), "video", "dQw4w9WgXcQ", "attempts", "0"));
                    job.putAll(changed);
                    job.remove(without);
                    return job;
                });
        return Arbitraries.oneOf(others, changes.filter(fields -> !fields.isEmpty()));
    }

    private static Arbitrary<UUID> ids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }

    @Provide
    Arbitrary<String> members() {
        String id = "c3f044e1-1e66-4a52-be7d-6e344fb6aec6";
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        " ",
                        id,
                        id + " dQw4w9WgXcQ",
                        id + " dQw4w9WgXcQ x",
                        id + " dQw4w9WgXcQ -1",
                        id + " dQw4w9WgXc 1",
                        id + " dQw4w9WgXcQ 99999999999",
                        "1-1-1-1-1 dQw4w9WgXcQ 1"),
                Arbitraries.strings().ofMaxLength(60));
    }
}
