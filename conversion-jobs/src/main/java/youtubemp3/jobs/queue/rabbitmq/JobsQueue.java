package youtubemp3.jobs.queue.rabbitmq;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The quorum queue {@code jobs}, which holds waiting and running jobs. Every process declares it, with the same arguments, as RabbitMQ
 * requires; so they are constants.
 */
final class JobsQueue {

    static final String NAME = "jobs";

    /** RabbitMQ drops a message that was returned more often than this, by default 20 times. */
    private static final int DELIVERY_LIMIT = 1_000_000_000;

    /** RabbitMQ takes a job back that runs for longer than this, by default 30 minutes. No attempt may run for so long. */
    private static final Duration CONSUMER_TIMEOUT = Duration.ofDays(7);

    private JobsQueue() {}

    static Queue declaration() {
        return QueueBuilder.durable(NAME)
                .quorum()
                .deliveryLimit(DELIVERY_LIMIT)
                .withArgument("x-consumer-timeout", CONSUMER_TIMEOUT.toMillis())
                .build();
    }

    /** Calls RabbitMQ, and translates the exceptions of Spring AMQP to those that the ports of the queue declare. */
    static <T> T call(Supplier<T> command) {
        try {
            return command.get();
        } catch (AmqpException e) {
            throw new DataAccessResourceFailureException("RabbitMQ: " + e.getMessage(), e);
        }
    }
}
