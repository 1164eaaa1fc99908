package youtubemp3.jobs.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.redis.RealRedis;

/** Reads messages of other programs from a real Redis. */
@AddLifecycleHook(ManyCases.class)
class RedisJobConsumerProperties {

    private static final Duration LEASE = Duration.ofSeconds(30);

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
    void fieldsAreReadAsAJobOrRejected(@ForAll("fields") Map<String, String> fields) {
        Optional<Job> read = JobMessage.read(fields);
        assertThat(read.isPresent()).isEqualTo(isJob(fields));
        read.ifPresent(job -> {
            assertThat(job.id().toString()).isEqualToIgnoringCase(fields.get("job"));
            assertThat(job.video().value()).isEqualTo(fields.get("video"));
        });
    }

    @Property
    void aWrittenJobIsReadBack(@ForAll("uuids") UUID id) {
        Job job = new Job(id, new VideoId("dQw4w9WgXcQ"), OutputOptions.DEFAULT);
        assertThat(JobMessage.read(JobMessage.fields(job))).contains(job);
    }

    @Property(tries = 20)
    void aMalformedMessageBecomesADeadLetterAndTheNextJobIsDelivered(@ForAll("fields") Map<String, String> fields) {
        redis.delete(JobStream.KEYS);
        RedisJobConsumer consumer = new RedisJobConsumer(redis, LEASE);
        consumer.join(Duration.ZERO);
        redis.opsForStream().add(JobStream.STREAM, fields);
        Job next = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        new RedisJobQueue(redis).enqueue(next);

        assertThat(consumer.take().isPresent()).isEqualTo(isJob(fields));
        assertThat(consumer.take()).map(Delivery::job).contains(next);
        assertThat(dead())
                .hasSize(isJob(fields) ? 0 : 1)
                .allSatisfy(letter -> assertThat(letter)
                        .containsEntry("kind", "MALFORMED")
                        .containsAllEntriesOf(withoutKindAndReason(fields)));
    }

    @Property(tries = 20)
    void aMalformedRetryBecomesADeadLetterAndTheNextJobIsDelivered(@ForAll("members") String member) {
        redis.delete(JobStream.KEYS);
        RedisJobConsumer consumer = new RedisJobConsumer(redis, LEASE);
        consumer.join(Duration.ZERO);
        Job due = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        redis.opsForZSet().add(Retries.KEY, member, 1);
        redis.opsForZSet().add(JobStream.FIRST_EDITION_RETRIES, member, 1);
        redis.opsForZSet().add(Retries.KEY, JobMessage.json(due), 2);

        List<Delivery> taken = new ArrayList<>();
        for (int takes = 0; takes < 4 && (taken.isEmpty() || dead().size() < 2); takes++) {
            consumer.take().ifPresent(taken::add);
        }
        assertThat(taken).extracting(Delivery::job).containsExactly(due);
        assertThat(taken.get(0).settle(new Outcome.Done())).isTrue();
        assertThat(redis.opsForZSet().size(Retries.KEY)).isZero();
        assertThat(redis.opsForZSet().size(JobStream.FIRST_EDITION_RETRIES)).isZero();
        assertThat(redis.opsForStream().size(JobStream.STREAM)).isZero();
        assertThat(dead()).hasSize(2).allSatisfy(letter -> assertThat(letter).containsEntry("kind", "MALFORMED"));
    }

    /** A second specification of a job's fields, independent of the code. */
    private static boolean isJob(Map<String, String> fields) {
        String job = fields.getOrDefault("job", "").toLowerCase(java.util.Locale.ROOT);
        return job.length() == 36
                && job.equals(canonical(job))
                && VideoId.parse(fields.getOrDefault("video", "")).isPresent()
                && List.of("1", "2", "3").contains(fields.getOrDefault("version", "1"))
                // an empty option counts as missing
                && List.of("", "mp3").contains(fields.getOrDefault("format", "mp3"));
    }

    private static String canonical(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            return "none";
        }
    }

    private static List<Map<Object, Object>> dead() {
        return redis.opsForStream().range(DeadLetters.KEY, Range.unbounded()).stream()
                .map(MapRecord::getValue)
                .toList();
    }

    /** Text as Redis returns invalid UTF-8; the field hides an equal one of a job. */
    private static Map<String, String> withoutKindAndReason(Map<String, String> fields) {
        Map<String, String> seen = new HashMap<>();
        fields.forEach((name, value) -> seen.put(utf8(name), utf8(value)));
        seen.keySet().removeAll(List.of("kind", "arguments"));
        return seen;
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "0",
                        "1",
                        "2",
                        "3",
                        "mp3",
                        "-1",
                        "+1",
                        "2147483647",
                        "99999999999",
                        "1-1-1-1-1",
                        "\u0661",
                        "dQw4w9WgXcQ"),
                ids().map(UUID::toString),
                Arbitraries.strings().ofMaxLength(40));
        Arbitrary<Map<String, String>> changes = Arbitraries.maps(
                        Arbitraries.oneOf(
                                Arbitraries.of("job", "video", "version", "format", "kind", "arguments"),
                                Arbitraries.strings().ofMaxLength(10)),
                        values)
                .ofMaxSize(5);
        Arbitrary<Map<String, String>> others = Combinators.combine(
                        ids(), changes, Arbitraries.of("job", "video", "version", "none"))
                .as((id, changed, without) -> {
                    Map<String, String> job =
                            new HashMap<>(Map.of("job", id.toString(), "video", "dQw4w9WgXcQ", "version", "2"));
                    job.putAll(changed);
                    job.remove(without);
                    return job;
                });
        return Arbitraries.oneOf(others, changes.filter(fields -> !fields.isEmpty()));
    }

    @Provide
    Arbitrary<UUID> uuids() {
        return ids();
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
                        "1-1-1-1-1 dQw4w9WgXcQ 1",
                        "{}",
                        "[]",
                        "null",
                        "{\"job\":",
                        "{\"job\":1,\"video\":\"dQw4w9WgXcQ\"}",
                        "{\"job\":\"" + id + "\",\"video\":{}}",
                        "{\"job\":\"" + id + "\",\"video\":\"dQw4w9WgXc\"}"),
                Arbitraries.strings().ofMaxLength(60));
    }
}
