package youtubemp3.jobs.queue.rabbitmq;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Keeps a process from starting with a RabbitMQ that is too old, and warns when none can be reached. A broker that is away for now is
 * no reason not to start: web serves statuses and files without it.
 */
class SupportedBroker implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(SupportedBroker.class);

    /** The first version in which a queue has a consumer timeout of its own: {@code x-consumer-timeout}. */
    private static final int MAJOR = 3;

    private static final int MINOR = 12;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,9})\\.(\\d{1,9}).*");

    private final ConnectionFactory connections;

    SupportedBroker(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** @throws UnsupportedBrokerException when RabbitMQ is too old */
    @Override
    public void afterSingletonsInstantiated() {
        String version;
        try {
            version = String.valueOf(connections
                    .createConnection()
                    .getDelegate()
                    .getServerProperties()
                    .get("version"));
        } catch (AmqpException e) {
            log.warn(
                    "RabbitMQ cannot be reached at {}:{} ({}): until it can, links are refused and no job is taken",
                    connections.getHost(),
                    connections.getPort(),
                    e.getMessage());
            return;
        }
        if (!isSupported(version)) {
            throw new UnsupportedBrokerException(version);
        }
        log.info("The queue is on RabbitMQ {}", version);
    }

    static boolean isSupported(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > MAJOR || (major == MAJOR && Integer.parseInt(numbers.group(2)) >= MINOR);
    }

    /** RabbitMQ is older than 3.12. */
    static final class UnsupportedBrokerException extends IllegalStateException {

        UnsupportedBrokerException(String version) {
            super("RabbitMQ " + version + " is too old: " + MAJOR + "." + MINOR
                    + " or newer is needed, since an older one takes a job" + " back from its worker after 30 minutes");
        }
    }
}
