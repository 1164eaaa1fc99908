package youtubemp3.jobs.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.queue.Retries;

/**
 * Delivers jobs from the quorum queue at least once: RabbitMQ removes a message only when it is acknowledged, and delivers it again
 * when the channel to which it was delivered has closed.
 *
 * <p>So the lease of a job is a channel of its own. RabbitMQ closes the channels of a worker that has been silent for two heartbeats,
 * and an acknowledgement on a closed channel changes nothing.
 */
class RabbitJobConsumer implements JobConsumer {

    private static final Logger log = LoggerFactory.getLogger(RabbitJobConsumer.class);

    /** How long {@link #take} waits for a job. */
    private static final Duration BLOCK = Duration.ofSeconds(2);

    /** After this time another worker enqueues a due retry, if the one that claimed it has not. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    /** How much of a message that is not a job is kept, in bytes. */
    private static final int MAX_MALFORMED = 10_000;

    private final ConnectionFactory connections;
    private final AmqpAdmin admin;
    private final JobQueue queue;
    private final Retries retries;
    private final DeadLetters deadLetters;
    private final Redeliveries redeliveries;
    private final Duration lease;
    private final Queue<Abandoned> abandoned = new ConcurrentLinkedQueue<>();

    /** The {@link System#nanoTime} before which no job is taken. */
    private volatile long leasesHoldUntil = System.nanoTime();

    RabbitJobConsumer(
            ConnectionFactory connections,
            AmqpAdmin admin,
            JobQueue queue,
            Retries retries,
            DeadLetters deadLetters,
            Redeliveries redeliveries,
            Duration lease) {
        this.connections = connections;
        this.admin = admin;
        this.queue = queue;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.redeliveries = redeliveries;
        this.lease = lease;
    }

    /**
     * A broker that was restarted delivers all jobs again that were running, although their workers are alive. In the grace period
     * these find out that they have lost them, and uncount their attempts.
     */
    @Override
    public void join(Duration grace) {
        JobsQueue.call(() -> admin.declareQueue(JobsQueue.declaration()));
        leasesHoldUntil = System.nanoTime() + grace.toNanos();
    }

    @Override
    public Optional<Delivery> take() {
        closeAbandoned();
        try {
            long grace = leasesHoldUntil - System.nanoTime();
            if (grace > 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(grace, BLOCK.toNanos()));
                return Optional.empty();
            }
            enqueueDueRetries();
            return receive();
        } catch (InterruptedException e) {
            // the loop stops
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Where a retry cannot be enqueued, since RabbitMQ's memory or disk is full, jobs that wait can still be taken. */
    private void enqueueDueRetries() {
        for (Retries.Claim due : retries.claimDue(CLAIM)) {
            try {
                enqueue(due);
            } catch (DataAccessException e) {
                log.warn("Jobs that are due for their next attempt are enqueued later: {}", e.getMessage());
                return;
            }
        }
    }

    private void enqueue(Retries.Claim due) {
        Optional<Job> job = JobMessage.fields(due.message()).flatMap(JobMessage::read);
        job.ifPresentOrElse(
                queue::enqueue,
                () -> deadLetters.add(Map.of("retry", due.message()), new Failure(DeadLetters.MALFORMED)));
        retries.remove(due);
    }

    private Optional<Delivery> receive() throws InterruptedException {
        Channel channel = open();
        Optional<Delivery> delivery = Optional.empty();
        try {
            delivery = Subscription.receive(channel, BLOCK).flatMap(message -> read(channel, message));
            return delivery;
        } catch (IOException | ShutdownSignalException e) {
            throw new DataAccessResourceFailureException("RabbitMQ: " + e.getMessage(), e);
        } finally {
            if (delivery.isEmpty()) {
                close(channel);
            }
        }
    }

    /** A channel of the client's own: closing one of Spring's only returns it to a cache, and keeps its message. */
    private Channel open() {
        return JobsQueue.call(() -> {
            try {
                return connections
                        .createConnection()
                        .getDelegate()
                        .openChannel()
                        .orElseThrow(() -> new AmqpException("no channel is left in the connection"));
            } catch (IOException | ShutdownSignalException e) {
                throw new AmqpException(e);
            }
        });
    }

    /** Makes a message that is not a job a dead letter at once, since it would be delivered forever. */
    private Optional<Delivery> read(Channel channel, com.rabbitmq.client.Delivery message) {
        String body = new String(message.getBody(), 0, Math.min(message.getBody().length, MAX_MALFORMED), UTF_8);
        long tag = message.getEnvelope().getDeliveryTag();
        if (message.getEnvelope().isRedeliver()) {
            redeliveries.increment();
        }
        Optional<Map<String, String>> fields = JobMessage.fields(body);
        Optional<Job> job = fields.flatMap(JobMessage::read);
        if (job.isEmpty()) {
            log.error("A message in the queue {} is not a job and becomes a dead letter", JobsQueue.NAME);
            deadLetters.add(fields.orElse(Map.of("message", body)), new Failure(DeadLetters.MALFORMED));
            end(channel, () -> channel.basicAck(tag, false));
            return Optional.empty();
        }
        return Optional.of(new RabbitDelivery(this, channel, tag, job.get()));
    }

    private void closeAbandoned() {
        for (Abandoned next = abandoned.peek(); next != null && next.isOver(); next = abandoned.peek()) {
            if (abandoned.remove(next)) {
                close(next.channel());
            }
        }
    }

    /**
     * Runs a command on a channel, and finds out whether the channel was still open after it. RabbitMQ handles the commands of a
     * channel in order and does not answer an acknowledgement, so a passive declaration follows it.
     */
    private static boolean held(Channel channel, ChannelCommand command) {
        try {
            command.run();
            channel.queueDeclarePassive(JobsQueue.NAME);
            return true;
        } catch (ShutdownSignalException e) {
            return false;
        } catch (IOException e) {
            if (!channel.isOpen()) {
                return false;
            }
            throw new DataAccessResourceFailureException("RabbitMQ: " + e.getMessage(), e);
        }
    }

    /** Acknowledges or requeues the message, and closes its channel. */
    private static boolean end(Channel channel, ChannelCommand command) {
        boolean held = held(channel, () -> {
            Subscription.cancel(channel);
            command.run();
        });
        close(channel);
        return held;
    }

    private static void close(Channel channel) {
        try {
            channel.abort();
        } catch (IOException e) {
            // its connection is gone, and the channel with it
        }
    }

    @FunctionalInterface
    private interface ChannelCommand {
        void run() throws IOException;
    }

    /**
     * The channel of a job that its handler could not handle. It is closed only after a lease, so that a job that no worker can handle
     * is not delivered in a tight loop.
     *
     * @param closeAt the {@link System#nanoTime} at which it is closed
     */
    private record Abandoned(Channel channel, long closeAt) {

        boolean isOver() {
            return System.nanoTime() - closeAt >= 0;
        }
    }

    /**
     * A message that was delivered to this consumer.
     *
     * @param channel the channel to which only this message was delivered
     * @param tag the number of the delivery on its channel
     */
    private record RabbitDelivery(RabbitJobConsumer consumer, Channel channel, long tag, Job job) implements Delivery {

        /** The client renews it with heartbeats. */
        @Override
        public boolean renew() {
            return held(channel, () -> {});
        }

        @Override
        public boolean settle(Outcome outcome) {
            if (outcome instanceof Outcome.Retry retry) {
                return moveTo(() -> consumer.retries.add(job, retry.delay()));
            }
            if (outcome instanceof Outcome.DeadLetter letter) {
                return moveTo(() -> consumer.deadLetters.add(JobMessage.fields(job), letter.failure()));
            }
            if (outcome instanceof Outcome.Requeue) {
                return end(channel, () -> channel.basicNack(tag, false, true));
            }
            return end(channel, () -> channel.basicAck(tag, false));
        }

        /** Writes first and acknowledges last, so that a failure between the two may leave both, and loses neither. */
        private boolean moveTo(Runnable write) {
            if (!renew()) {
                return false;
            }
            write.run();
            return end(channel, () -> channel.basicAck(tag, false));
        }

        @Override
        public void abandon() {
            consumer.abandoned.add(new Abandoned(channel, System.nanoTime() + consumer.lease.toNanos()));
        }
    }
}
