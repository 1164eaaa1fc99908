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
 * Receives one message on a channel. Polling by {@code basic.get} would write to the log of the quorum queue each time.
 *
 * <p>The subscription stays open while the message is handled, and RabbitMQ delivers no second one meanwhile. It takes the message back
 * when it loses the node of the channel, but only from an open subscription: of a cancelled one it would keep the message for ever, if
 * the channel closed before the node was back.
 */
final class Subscription extends DefaultConsumer {

    /** A channel has one subscription. */
    private static final String TAG = "job";

    private final CompletableFuture<Delivery> message = new CompletableFuture<>();

    private Subscription(Channel channel) {
        super(channel);
    }

    /**
     * Receives a message, which stays unacknowledged.
     *
     * @return empty when none came in time; one that comes later is returned to the queue when the channel closes
     */
    static Optional<Delivery> receive(Channel channel, Duration timeout) throws IOException, InterruptedException {
        Subscription subscription = new Subscription(channel);
        channel.basicQos(1);
        channel.basicConsume(JobsQueue.NAME, false, TAG, subscription);
        try {
            return Optional.of(subscription.message.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** Must precede the acknowledgement, which would have RabbitMQ deliver the next message. */
    static void cancel(Channel channel) throws IOException {
        channel.basicCancel(TAG);
    }

    /** A second message means that RabbitMQ lost the node of this channel, took the first one back, and has found the node again. */
    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
            throws IOException {
        if (!message.complete(new Delivery(envelope, properties, body))) {
            getChannel().abort();
        }
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
