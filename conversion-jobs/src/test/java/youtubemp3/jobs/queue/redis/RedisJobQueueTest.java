package youtubemp3.jobs.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.ConsumerLoop;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.JobQueueContract;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.redis.RealRedis;

class RedisJobQueueTest extends JobQueueContract {

    private static final Job FIRST_EDITION = new Job(
            UUID.fromString("c3f044e1-1e66-4a52-be7d-6e344fb6aec6"), new VideoId("dQw4w9WgXcQ"), OutputOptions.DEFAULT);

    private final Map<JobConsumer, LettuceConnectionFactory> connections = new HashMap<>();
    private RealRedis redis;
    private LettuceConnectionFactory own;
    private StringRedisTemplate template;

    @BeforeEach
    void connect() {
        redis = RealRedis.shared();
        own = redis.connect();
        template = new StringRedisTemplate(own);
    }

    @AfterEach
    void disconnect() {
        // after @AfterEach of the contract, which stops the users of these connections
        connections.values().forEach(LettuceConnectionFactory::destroy);
        own.destroy();
    }

    @Override
    protected StringRedisTemplate redis() {
        return template;
    }

    @Override
    protected JobQueue queue() {
        return new RedisJobQueue(template);
    }

    @Override
    protected long unacknowledged() {
        return entries() - queue().state().waiting();
    }

    /** The number of jobs in the stream, waiting or delivered. */
    private long entries() {
        return template.opsForStream().size(JobStream.STREAM);
    }

    @Override
    protected JobConsumer newConsumer() {
        LettuceConnectionFactory connection = redis.connect();
        JobConsumer consumer = new RedisJobConsumer(new StringRedisTemplate(connection), LEASE);
        connections.put(consumer, connection);
        return consumer;
    }

    @Override
    protected void silence(JobConsumer consumer) {
        // stopped, not destroyed: its commands fail from now on
        connections.get(consumer).stop();
    }

    @Override
    protected void wake(JobConsumer consumer) {
        connections.get(consumer).start();
    }

    private ConsumerLoop take(List<Job> taken) {
        JobHandler handler = (job, lease) -> {
            taken.add(job);
            return new Outcome.Done();
        };
        ConsumerLoop loop = new ConsumerLoop(newConsumer(), handler, 1, LEASE);
        loop.start();
        return loop;
    }

    @Test
    void aMalformedEntryBecomesADeadLetterAndTheNextOneIsTaken() {
        template.opsForStream().add(JobStream.STREAM, Map.of("job", "../../etc/passwd", "video", "x"));
        template.opsForStream().add(JobStream.STREAM, Map.of("nothing", "known"));
        template.opsForStream()
                .add(JobStream.STREAM, Map.of("job", "1-1-1-1-1", "video", "dQw4w9WgXcQ", "attempts", "x"));
        Job job = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(job);

        CopyOnWriteArrayList<Job> taken = new CopyOnWriteArrayList<>();
        ConsumerLoop loop = take(taken);
        await().untilAsserted(() -> assertThat(taken).containsExactly(job));
        await().untilAsserted(() -> assertThat(entries()).isZero());
        assertThat(deadLetters().count()).isEqualTo(3);
        loop.stop(Duration.ZERO);
    }

    /** Lua can pass only some thousand arguments to a command. */
    @Test
    void anEntryWithTooManyFieldsBecomesADeadLetterWithTheFirstOfThem() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            fields.put("field " + i, "x");
        }
        template.opsForStream().add(JobStream.STREAM, fields);

        assertThat(consumer.take()).isEmpty();
        assertThat(entries()).isZero();
        assertThat(deadLetters().count()).isEqualTo(1);
        assertThat(template.opsForStream().range(DeadLetters.KEY, Range.unbounded()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue())
                        .containsEntry("kind", "MALFORMED")
                        .containsEntry("field 0", "x"));
    }

    @Test
    void fieldsOfAnEntryCannotForgeItsFailure() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        template.opsForStream().add(JobStream.STREAM, Map.of("kind", "NETWORK", "arguments", "none"));

        assertThat(consumer.take()).isEmpty();
        assertThat(template.opsForStream().range(DeadLetters.KEY, Range.unbounded()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue())
                        .containsEntry("kind", "MALFORMED")
                        .containsEntry("arguments", "[]"));
    }

    @Test
    void aMalformedRetryBecomesADeadLetterAndTheNextOneIsTaken() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        Job job = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        template.opsForZSet().add(Retries.KEY, "of another version", 1);
        template.opsForZSet().add(Retries.KEY, JobMessage.json(job), 2);

        assertThat(consumer.take()).map(Delivery::job).contains(job);
        assertThat(entries()).isEqualTo(1);
        assertThat(deadLetters().count()).isEqualTo(1);
        assertThat(template.opsForStream().range(DeadLetters.KEY, Range.unbounded()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue()).containsEntry("retry", "of another version"));
    }

    @Test
    void aShortUuidIsMalformed() {
        assertThat(JobMessage.read(Map.of("job", "1-1-1-1-1", "video", "dQw4w9WgXcQ")))
                .isEmpty();
    }

    /** The exact fields that the first edition wrote. */
    @Test
    void aMessageOfTheFirstEditionIsAJob() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        template.opsForStream()
                .add(
                        JobStream.STREAM,
                        Map.of("job", "c3f044e1-1e66-4a52-be7d-6e344fb6aec6", "video", "dQw4w9WgXcQ", "attempts", "2"));

        assertThat(consumer.take()).map(Delivery::job).contains(FIRST_EDITION);
    }

    /** The exact member and key that the first edition wrote. */
    @Test
    void aRetryOfTheFirstEditionIsTaken() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        template.opsForZSet().add("{jobs}:retry", "c3f044e1-1e66-4a52-be7d-6e344fb6aec6 dQw4w9WgXcQ 1", 1);

        assertThat(consumer.take()).map(Delivery::job).contains(FIRST_EDITION);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void aDeadLetterOfTheFirstEditionIsListedAndRequeued() {
        String entry = String.valueOf(template.opsForStream()
                .add(
                        DeadLetters.KEY,
                        Map.of(
                                "job",
                                "c3f044e1-1e66-4a52-be7d-6e344fb6aec6",
                                "video",
                                "dQw4w9WgXcQ",
                                "attempts",
                                "0",
                                "kind",
                                "TOO_LONG",
                                "reason",
                                "This video is longer than 180 minutes, which is the limit here.")));

        assertThat(deadLetters().find(entry)).hasValueSatisfying(letter -> {
            assertThat(letter.job()).isEqualTo(FIRST_EDITION);
            assertThat(letter.failure()).isEqualTo(new Failure("TOO_LONG", List.of("180")));
        });
        assertThat(deadLetters().requeue(entry)).isTrue();
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        assertThat(consumer.take()).map(Delivery::job).contains(FIRST_EDITION);
    }

    /** Both editions may run at the same time, so the first one must be able to read the message. */
    @Test
    void aMessageHasAVersionAndTheFieldsOfTheFirstEdition() {
        queue().enqueue(FIRST_EDITION);

        assertThat(template.opsForStream().range(JobStream.STREAM, Range.unbounded()))
                .singleElement()
                .satisfies(message -> assertThat(message.getValue())
                        .containsExactlyInAnyOrderEntriesOf(Map.of(
                                "version",
                                "2",
                                "job",
                                "c3f044e1-1e66-4a52-be7d-6e344fb6aec6",
                                "video",
                                "dQw4w9WgXcQ",
                                "format",
                                "mp3")));
    }

    @ParameterizedTest
    @CsvSource({"version, 4", "version, x", "format, ogg"})
    void aMessageOfALaterVersionIsKeptForALaterVersion(String field, String value) {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        Map<String, String> fields = JobMessage.fields(FIRST_EDITION);
        fields.put(field, value);
        template.opsForStream().add(JobStream.STREAM, fields);

        assertThat(consumer.take()).isEmpty();
        assertThat(deadLetters().list(1))
                .singleElement()
                .satisfies(letter -> assertThat(letter.failure().kind()).isEqualTo(DeadLetters.MALFORMED));
    }

    @Test
    void aWorkerThatTakesOverItsOwnJobHoldsItOnce() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        queue().enqueue(RandomJob.of(new VideoId("dQw4w9WgXcQ")));
        Delivery first = consumer.take().orElseThrow();
        Delivery second = await().until(consumer::take, Optional::isPresent).orElseThrow();

        assertThat(second.job()).isEqualTo(first.job());
        assertThat(first.renew()).isFalse();
        assertThat(first.settle(new Outcome.Done())).isFalse();
        assertThat(first.settle(new Outcome.Retry(Duration.ZERO))).isFalse();
        assertThat(first.settle(new Outcome.Requeue())).isFalse();
        assertThat(entries()).isEqualTo(1);
        assertThat(second.renew()).isTrue();
        assertThat(second.settle(new Outcome.Done())).isTrue();
        assertThat(entries()).isZero();
    }

    /** Workers could not renew their leases while Redis was unreachable. */
    @Test
    void afterAFailureTakeoversWaitForTheGracePeriod() {
        JobConsumer silent = newConsumer();
        silent.join(Duration.ZERO);
        queue().enqueue(FIRST_EDITION);
        assertThat(silent.take()).isPresent();
        JobConsumer patient = newConsumer();
        patient.join(Duration.ofHours(1));
        JobConsumer other = newConsumer();
        other.join(Duration.ZERO);

        assertThat(patient.take()).as("waits for longer than a lease").isEmpty();
        assertThat(other.take()).map(Delivery::job).contains(FIRST_EDITION);
    }

    @Test
    void survivesAnEmptiedRedis() {
        CopyOnWriteArrayList<Job> taken = new CopyOnWriteArrayList<>();
        ConsumerLoop loop = take(taken);
        Job first = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(first);
        await().untilAsserted(() -> assertThat(taken).contains(first));

        template.delete(JobStream.STREAM);
        Job second = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(second);
        await().untilAsserted(() -> assertThat(taken).contains(second));
        loop.stop(Duration.ZERO);
    }

    /** Redis does not roll back a script that fails. */
    @Test
    void aRetryThatCannotBeWrittenLosesNoJob() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        Job job = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(job);
        Delivery delivery = consumer.take().orElseThrow();
        template.opsForValue().set(Retries.KEY, "junk");

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> delivery.settle(new Outcome.Retry(Duration.ZERO)));
        template.delete(Retries.KEY);
        assertThat(entries()).isEqualTo(1);
        assertThat(delivery.settle(new Outcome.Done())).isTrue();
    }

    @Test
    void aDueRetryThatCannotBeMovedStays() {
        JobConsumer consumer = newConsumer();
        Job job = RandomJob.of(new VideoId("dQw4w9WgXcQ"));
        template.opsForZSet().add(Retries.KEY, JobMessage.json(job), 1);
        template.opsForValue().set(JobStream.STREAM, "junk");

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(consumer::take);
        template.delete(JobStream.STREAM);
        consumer.join(Duration.ZERO);
        assertThat(consumer.take()).map(Delivery::job).contains(job);
    }

    @Test
    void aDeadLetterWithAnImpossibleTimeIsListed() {
        template.opsForStream()
                .add(StreamRecords.newRecord()
                        .in(DeadLetters.KEY)
                        .withId("18446744073709551615-1")
                        .ofMap(Map.of("kind", "x")));

        assertThat(deadLetters().list(10)).hasSize(1);
    }
}
