package youtubemp3.jobs.queue.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Receives one message on a channel. Its subscription ends with it, so that RabbitMQ delivers nothing to a worker that would not take
 * it now. Polling by {@code basic.get} would write to the log of the quorum queue each time.
 */
final class SingleMessage extends DefaultConsumer {

    /** How long RabbitMQ may take to end the subscription. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

    private final CompletableFuture<Optional<Delivery>> message = new CompletableFuture<>();

    private SingleMessage(Channel channel) {
        super(channel);
    }

    /**
     * Receives a message, which stays unacknowledged.
     *
     * @return empty when none came in time
     */
    static Optional<Delivery> receive(Channel channel, Duration timeout) throws IOException, InterruptedException {
        SingleMessage consumer = new SingleMessage(channel);
        channel.basicQos(1);
        String tag = channel.basicConsume(JobsQueue.NAME, false, consumer);
        consumer.await(timeout);
        channel.basicCancel(tag);
        // a message may have come before RabbitMQ ended the subscription
        consumer.await(CANCEL_TIMEOUT);
        return consumer.message.getNow(Optional.empty());
    }

    private void await(Duration timeout) throws IOException, InterruptedException {
        try {
            message.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // no message yet
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        message.complete(Optional.of(new Delivery(envelope, properties, body)));
    }

    @Override
    public void handleCancelOk(String tag) {
        message.complete(Optional.empty());
    }

    @Override
    public void handleCancel(String tag) {
        message.completeExceptionally(new IOException("the queue " + JobsQueue.NAME + " is gone"));
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
        message.completeExceptionally(signal);
    }
}
