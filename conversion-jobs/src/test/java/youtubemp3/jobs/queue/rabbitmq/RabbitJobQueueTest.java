package youtubemp3.jobs.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.JobQueueContract;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.queue.Retries;
import youtubemp3.jobs.redis.RealRedis;

/** Needs a Docker engine, for RabbitMQ in a container. */
@Tag("compose")
class RabbitJobQueueTest extends JobQueueContract {

    private static final Job JOB = RandomJob.of(new VideoId("dQw4w9WgXcQ"));

    private final RabbitQueueAutoConfiguration configuration = new RabbitQueueAutoConfiguration();
    private final Map<JobConsumer, NetworkCable> cables = new HashMap<>();
    private final List<CachingConnectionFactory> connections = new ArrayList<>();
    private RealRabbit rabbit;
    private LettuceConnectionFactory redisConnections;
    private StringRedisTemplate redis;
    private Broker web;

    /** What Spring Boot configures. */
    private record Broker(
            CachingConnectionFactory connections, RabbitTemplate template, AmqpAdmin admin, JobQueue queue) {}

    @BeforeEach
    void connect() {
        rabbit = RealRabbit.shared();
        redisConnections = RealRedis.shared().connect();
        redis = new StringRedisTemplate(redisConnections);
        web = broker(rabbit.host(), rabbit.port());
        web.admin().declareQueue(JobsQueue.declaration());
        // what the last test had taken comes back when RabbitMQ has seen its connections end
        await().until(() -> unacknowledged() == 0);
        web.admin().purgeQueue(JobsQueue.NAME);
    }

    @AfterEach
    void disconnect() {
        // after @AfterEach of the contract, which stops the users of these connections
        cables.values().forEach(NetworkCable::close);
        connections.forEach(CachingConnectionFactory::destroy);
        redisConnections.destroy();
    }

    private Broker broker(String host, int port) {
        ConnectionFactory client = new ConnectionFactory();
        client.setHost(host);
        client.setPort(port);
        client.setAutomaticRecoveryEnabled(false);
        configuration.connectionsOfJobs(SETTINGS).customize(client);
        CachingConnectionFactory caching = new CachingConnectionFactory(client);
        connections.add(caching);
        RabbitTemplate template = new RabbitTemplate(caching);
        configuration.publishingOfJobs().customize(template);
        AmqpAdmin admin = new RabbitAdmin(caching);
        return new Broker(caching, template, admin, configuration.jobQueue(caching, template, admin));
    }

    @Override
    protected StringRedisTemplate redis() {
        return redis;
    }

    @Override
    protected JobQueue queue() {
        return web.queue();
    }

    @Override
    protected long unacknowledged() {
        return rabbit.unacknowledged(JobsQueue.NAME);
    }

    @Override
    protected JobConsumer newConsumer() {
        NetworkCable cable = new NetworkCable(rabbit.host(), rabbit.port());
        Broker worker = broker("127.0.0.1", cable.port());
        JobConsumer consumer = configuration.jobConsumer(
                worker.connections(),
                worker.admin(),
                worker.queue(),
                retries(),
                deadLetters(),
                new Redeliveries(redis),
                SETTINGS);
        cables.put(consumer, cable);
        return consumer;
    }

    @Override
    protected void silence(JobConsumer consumer) {
        cables.get(consumer).silence();
    }

    @Override
    protected void wake(JobConsumer consumer) {
        cables.get(consumer).wake();
    }

    private JobConsumer joined() {
        JobConsumer consumer = newConsumer();
        consumer.join(Duration.ZERO);
        return consumer;
    }

    private void publish(String body) {
        web.template().convertAndSend("", JobsQueue.NAME, body.getBytes(UTF_8));
    }

    @Test
    void aMessageThatIsNotAJobBecomesADeadLetterAndTheNextOneIsTaken() {
        publish("no JSON");
        publish("[1]");
        publish("{\"job\": {\"nested\": 1}}");
        publish(JobMessage.json(JOB).replace("\"version\":\"2\"", "\"version\":\"4\""));
        await().until(() -> queue().state().waiting() == 4);
        queue().enqueue(JOB);
        JobConsumer consumer = joined();

        assertThat(await().until(consumer::take, Optional::isPresent))
                .map(Delivery::job)
                .contains(JOB);
        assertThat(deadLetters().list(10)).hasSize(4).allSatisfy(letter -> {
            assertThat(letter.failure()).isEqualTo(new Failure(DeadLetters.MALFORMED));
            assertThat(letter.job()).isNull();
        });
    }

    @Test
    void aRetryThatIsNotAJobBecomesADeadLetterAndTheNextOneIsTaken() {
        redis.opsForZSet().add(Retries.KEY, "of another version", 1);
        redis.opsForZSet().add(Retries.KEY, JobMessage.json(JOB), 2);

        assertThat(joined().take()).map(Delivery::job).contains(JOB);
        assertThat(deadLetters().count()).isEqualTo(1);
        assertThat(retries().count()).isZero();
    }

    /** With a wait of its own for each, as in one queue of RabbitMQ, the short one would wait behind the long one. */
    @Test
    void aShortRetryIsNotBehindALongOne() {
        Job late = RandomJob.of(new VideoId("aaaaaaaaaaa"));
        retries().add(late, Duration.ofHours(1));
        retries().add(JOB, Duration.ofMillis(1));
        JobConsumer consumer = joined();

        assertThat(await().until(consumer::take, Optional::isPresent))
                .map(Delivery::job)
                .contains(JOB);
        assertThat(retries().count()).isEqualTo(1);
    }

    @Test
    void aJobIsEnqueuedAgainWhereTheQueueWasDeleted() {
        web.admin().deleteQueue(JobsQueue.NAME);

        queue().enqueue(JOB);

        assertThat(queue().state()).isEqualTo(new JobQueue.State(1, 1, false));
        assertThat(joined().take()).map(Delivery::job).contains(JOB);
    }

    @Test
    void aDeliveryIsCountedAsRedeliveredAfterARequeue() {
        JobConsumer consumer = joined();
        queue().enqueue(JOB);
        Delivery first = consumer.take().orElseThrow();
        assertThat(new Redeliveries(redis).count()).isZero();

        assertThat(first.settle(new Outcome.Requeue())).isTrue();
        assertThat(consumer.take()).isPresent();
        assertThat(new Redeliveries(redis).count()).isEqualTo(1);
    }

    /** A message that RabbitMQ delivered after the acknowledgement of the last would return to the queue. */
    @Test
    void aWorkerGetsNoSecondJobWithItsFirst() {
        JobConsumer consumer = joined();
        for (int i = 0; i < 10; i++) {
            queue().enqueue(JOB);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(consumer.take().orElseThrow().settle(new Outcome.Done())).isTrue();
        }
        assertThat(new Redeliveries(redis).count()).isZero();
    }

    @Test
    void moreRequeuesThanRabbitsOwnLimitLoseNoJob() {
        JobConsumer consumer = joined();
        queue().enqueue(JOB);
        for (int i = 0; i < 30; i++) {
            assertThat(consumer.take().orElseThrow().settle(new Outcome.Requeue()))
                    .isTrue();
        }
        assertThat(consumer.take()).isPresent();
    }

    @Test
    void afterAFailureOfTheBrokerNoJobIsTakenInTheGracePeriod() {
        queue().enqueue(JOB);
        JobConsumer patient = newConsumer();
        patient.join(Duration.ofHours(1));

        assertThat(patient.take()).isEmpty();
        assertThat(joined().take()).isPresent();
    }

    /** In an alarm RabbitMQ reads no more from a connection that publishes. */
    @Test
    void whileRabbitBlocksPublishersJobsAreRefusedAndRunningOnesEnd() {
        queue().enqueue(JOB);
        JobConsumer consumer = joined();
        Delivery running = consumer.take().orElseThrow();
        rabbit.control("set_vm_memory_high_watermark", "absolute", "1");
        try {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> queue().enqueue(RandomJob.of(new VideoId("aaaaaaaaaaa"))));
            await().until(() -> queue().state().blocked());
            assertThatExceptionOfType(DataAccessException.class)
                    .as("known at once, without waiting for a confirm")
                    .isThrownBy(() -> queue().enqueue(RandomJob.of(new VideoId("aaaaaaaaaaa"))))
                    .withMessageContaining("accepts no jobs");

            assertThat(running.renew()).isTrue();
            assertThat(running.settle(new Outcome.Done())).isTrue();
        } finally {
            rabbit.control("set_vm_memory_high_watermark", "0.4");
        }
        await().until(() -> !queue().state().blocked());
        queue().enqueue(JOB);
        assertThat(queue().state().waiting()).isPositive();
    }

    /** An exception of the handler that comes each time must not make a tight loop. */
    @Test
    void anAbandonedJobIsDeliveredAgainAfterALease() {
        queue().enqueue(JOB);
        JobConsumer consumer = joined();
        long taken = System.nanoTime();
        consumer.take().orElseThrow().abandon();

        assertThat(await().until(consumer::take, Optional::isPresent))
                .map(Delivery::job)
                .contains(JOB);
        assertThat(Duration.ofNanos(System.nanoTime() - taken)).isGreaterThanOrEqualTo(LEASE);
    }
}
