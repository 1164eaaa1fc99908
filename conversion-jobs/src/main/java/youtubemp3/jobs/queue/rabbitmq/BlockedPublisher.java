package youtubemp3.jobs.queue.rabbitmq;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * Whether RabbitMQ blocks the connection that publishes, since its memory or disk is full. What is published meanwhile waits in the
 * connection, and would be stored long after its caller was told that it was not.
 */
final class BlockedPublisher implements ConnectionListener, BlockedListener {

    private volatile @Nullable String reason;

    private BlockedPublisher() {}

    /** Watches the connection that the template publishes on. */
    static BlockedPublisher of(RabbitTemplate rabbit) {
        BlockedPublisher blocked = new BlockedPublisher();
        ConnectionFactory connections = rabbit.getConnectionFactory();
        ConnectionFactory publishers = connections.getPublisherConnectionFactory();
        (publishers == null ? connections : publishers).addConnectionListener(blocked);
        return blocked;
    }

    boolean isBlocked() {
        return reason != null;
    }

    /** RabbitMQ's words. */
    @Nullable
    String reason() {
        return reason;
    }

    @Override
    public void onCreate(@Nullable Connection connection) {
        reason = null;
        if (connection != null) {
            connection.addBlockedListener(this);
        }
    }

    @Override
    public void onShutDown(ShutdownSignalException signal) {
        // the next connection is not blocked before it publishes
        reason = null;
    }

    @Override
    public void handleBlocked(String words) {
        reason = words;
    }

    @Override
    public void handleUnblocked() {
        reason = null;
    }
}
