package youtubemp3.jobs.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.dao.TransientDataAccessResourceException;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.queue.JobMessage;
import youtubemp3.jobs.queue.JobQueue;

/** Publishes jobs to a quorum queue. A job counts as enqueued when RabbitMQ has confirmed that the queue has stored it. */
class RabbitJobQueue implements JobQueue {

    /** How long RabbitMQ may take to confirm a job. */
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);

    private final RabbitTemplate rabbit;
    private final AmqpAdmin admin;
    private final BlockedPublisher blocked;
    private final AtomicLong unroutable = new AtomicLong();

    /** @param rabbit publishes mandatory messages with correlated confirms, on a connection of its own */
    RabbitJobQueue(RabbitTemplate rabbit, AmqpAdmin admin) {
        this.rabbit = rabbit;
        this.admin = admin;
        this.blocked = BlockedPublisher.of(rabbit);
    }

    @Override
    public void enqueue(Job job) {
        JobsQueue.call(() -> {
            if (!publish(job)) {
                // the queue was deleted, or RabbitMQ has lost its data
                unroutable.incrementAndGet();
                admin.declareQueue(JobsQueue.declaration());
                if (!publish(job)) {
                    throw new AmqpException("the queue " + JobsQueue.NAME + " does not exist");
                }
            }
            return null;
        });
    }

    /** False when there is no queue for the job. */
    private boolean publish(Job job) {
        if (blocked.isBlocked()) {
            throw new TransientDataAccessResourceException("RabbitMQ accepts no jobs: " + blocked.reason());
        }
        CorrelationData published = new CorrelationData();
        rabbit.send("", JobsQueue.NAME, message(job), published);
        CorrelationData.Confirm confirm = confirmOf(published);
        if (!confirm.ack()) {
            throw new AmqpException("the job was not stored: " + confirm.reason());
        }
        return published.getReturned() == null;
    }

    private static CorrelationData.Confirm confirmOf(CorrelationData published) {
        try {
            return published.getFuture().get(CONFIRM_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AmqpException("no confirm within " + CONFIRM_TIMEOUT, e);
        } catch (ExecutionException e) {
            throw new AmqpException("no confirm", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("interrupted", e);
        }
    }

    private static Message message(Job job) {
        return MessageBuilder.withBody(JobMessage.json(job).getBytes(UTF_8))
                .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                .build();
    }

    @Override
    public State state() {
        return JobsQueue.call(() -> {
            QueueInformation queue = admin.getQueueInfo(JobsQueue.NAME);
            if (queue == null) {
                // no queue, or no answer, which only a declaration reports
                admin.declareQueue(JobsQueue.declaration());
            }
            return new State(queue == null ? 0 : queue.getMessageCount(), unroutable.get(), blocked.isBlocked());
        });
    }
}
