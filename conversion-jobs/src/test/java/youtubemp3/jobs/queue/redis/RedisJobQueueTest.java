package youtubemp3.jobs.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobConsumer.Subscription;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.JobQueueContract;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.redis.JobStream.Entry;
import youtubemp3.jobs.redis.RealRedis;

class RedisJobQueueTest extends JobQueueContract {

    private static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1), Duration.ofHours(8), Duration.ofHours(1), Duration.ofMinutes(10), LIMIT, LEASE);

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
        // after the contract's own @AfterEach, which stops what still uses them
        connections.values().forEach(LettuceConnectionFactory::destroy);
        own.destroy();
    }

    @Override
    protected JobQueue queue() {
        return new RedisJobQueue(template, SETTINGS);
    }

    @Override
    protected JobConsumer newSource() {
        LettuceConnectionFactory connection = redis.connect();
        JobConsumer source = new RedisJobConsumer(new StringRedisTemplate(connection), SETTINGS);
        connections.put(source, connection);
        return source;
    }

    @Override
    protected void silence(JobConsumer source) {
        // stopped, not destroyed: commands fail from now on, as those of a process that is gone never come
        connections.get(source).stop();
    }

    @Override
    protected void wake(JobConsumer source) {
        connections.get(source).start();
    }

    @Test
    void anEntryThatIsNoJobIsSetAsideAndTheNextOneIsTaken() {
        template.opsForStream().add(JobStream.STREAM, Map.of("job", "../../etc/passwd", "video", "x"));
        template.opsForStream().add(JobStream.STREAM, Map.of("nothing", "known"));
        template.opsForStream()
                .add(JobStream.STREAM, Map.of("job", "1-1-1-1-1", "video", "dQw4w9WgXcQ", "attempts", "x"));
        Job job = Job.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(job);

        CopyOnWriteArrayList<Job> taken = new CopyOnWriteArrayList<>();
        Subscription subscription = newSource()
                .subscribe(
                        delivery -> {
                            taken.add(delivery.job());
                            return new Outcome.Done();
                        },
                        1);
        await().untilAsserted(() -> assertThat(taken).containsExactly(job));
        await().untilAsserted(() -> assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(0, 0, 3)));
        subscription.stop(Duration.ZERO);
    }

    /** A call of a script takes some thousand arguments. */
    @Test
    void anEntryWithTooManyFieldsIsSetAsideWithTheFirstOfThem() {
        RedisJobConsumer source = (RedisJobConsumer) newSource();
        source.join();
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            fields.put("field " + i, "x");
        }
        template.opsForStream().add(JobStream.STREAM, fields);

        assertThat(source.take()).isEmpty();
        assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(0, 0, 1));
        assertThat(template.opsForStream().range(JobStream.DEAD, Range.unbounded()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue())
                        .containsEntry("kind", "MALFORMED")
                        .containsEntry("field 0", "x"));
    }

    @Test
    void anEntryDoesNotSayItselfWhyItIsDead() {
        RedisJobConsumer source = (RedisJobConsumer) newSource();
        source.join();
        template.opsForStream().add(JobStream.STREAM, Map.of("kind", "NETWORK", "reason", "none"));

        assertThat(source.take()).isEmpty();
        assertThat(template.opsForStream().range(JobStream.DEAD, Range.unbounded()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue())
                        .containsEntry("kind", "MALFORMED")
                        .containsEntry("reason", "not a job"));
    }

    @Test
    void aRetryThatIsNoneIsSetAsideAndTheNextOneIsTaken() {
        RedisJobConsumer source = (RedisJobConsumer) newSource();
        source.join();
        Job job = Job.of(new VideoId("dQw4w9WgXcQ"));
        template.opsForZSet().add(JobStream.RETRY, "of another version", 1);
        template.opsForZSet().add(JobStream.RETRY, job.id() + " " + job.video() + " 1", 2);

        assertThat(source.take()).map(Entry::job).contains(job);
        assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(1, 0, 1));
        assertThat(template.opsForStream().range(JobStream.DEAD, Range.unbounded()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getValue()).containsEntry("retry", "of another version"));
    }

    @ParameterizedTest
    @CsvSource({
        "1-1-1-1-1, 0",
        "c3f044e1-1e66-4a52-be7d-6e344fb6aec6, -1",
        "c3f044e1-1e66-4a52-be7d-6e344fb6aec6, 2147483647"
    })
    void neitherAnIdThatIsShortNorAttemptsThatCannotBeAreAJobs(String id, String attempts) {
        Map<String, String> fields = Map.of("job", id, "video", "dQw4w9WgXcQ", "attempts", attempts);

        assertThatIllegalArgumentException().isThrownBy(() -> JobStream.read("1-0", fields, 1));
    }

    @Test
    void aWorkerThatTakesItsOwnJobOverHoldsItOnceOnly() {
        RedisJobConsumer source = (RedisJobConsumer) newSource();
        source.join();
        queue().enqueue(Job.of(new VideoId("dQw4w9WgXcQ")));
        Entry first = source.take().orElseThrow();
        Entry second = await().until(source::take, Optional::isPresent).orElseThrow();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(source.renew(first)).isFalse();
        assertThat(source.settle(first, new Outcome.Done())).isFalse();
        assertThat(source.settle(first, new Outcome.Retry(Duration.ZERO, true))).isFalse();
        assertThat(source.handBack(first)).isFalse();
        assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(1, 0, 0));
        assertThat(source.renew(second)).isTrue();
        assertThat(source.settle(second, new Outcome.Done())).isTrue();
        assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(0, 0, 0));
    }

    @Test
    void outlivesARedisThatWasEmptied() {
        CopyOnWriteArrayList<Job> taken = new CopyOnWriteArrayList<>();
        Subscription subscription = newSource()
                .subscribe(
                        delivery -> {
                            taken.add(delivery.job());
                            return new Outcome.Done();
                        },
                        1);
        Job first = Job.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(first);
        await().untilAsserted(() -> assertThat(taken).contains(first));

        template.delete(JobStream.STREAM);
        Job second = Job.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(second);
        await().untilAsserted(() -> assertThat(taken).contains(second));
        subscription.stop(Duration.ZERO);
    }

    /** What a script has done when it fails is not undone. */
    @Test
    void aRetryThatCannotBeWrittenLosesNoJob() {
        RedisJobConsumer source = (RedisJobConsumer) newSource();
        source.join();
        Job job = Job.of(new VideoId("dQw4w9WgXcQ"));
        queue().enqueue(job);
        Entry entry = source.take().orElseThrow();
        template.opsForValue().set(JobStream.RETRY, "junk");

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> source.settle(entry, new Outcome.Retry(Duration.ZERO, true)));
        template.delete(JobStream.RETRY);
        assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(1, 0, 0));
        assertThat(source.settle(entry, new Outcome.Done())).isTrue();
    }

    @Test
    void aDueRetryThatCannotBeMovedStays() {
        RedisJobConsumer source = (RedisJobConsumer) newSource();
        Job job = Job.of(new VideoId("dQw4w9WgXcQ"));
        template.opsForZSet().add(JobStream.RETRY, job.id() + " " + job.video() + " 1", 1);
        template.opsForValue().set(JobStream.STREAM, "junk");

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(source::take);
        template.delete(JobStream.STREAM);
        source.join();
        assertThat(source.take()).map(Entry::job).contains(job);
    }

    @Test
    void anEntryThatWasGivenUpAtATimeThatNoClockReachesIsListed() {
        template.opsForStream()
                .add(StreamRecords.newRecord()
                        .in(JobStream.DEAD)
                        .withId("18446744073709551615-1")
                        .ofMap(Map.of("kind", "x")));

        assertThat(queue().dead(10)).hasSize(1);
    }
}
