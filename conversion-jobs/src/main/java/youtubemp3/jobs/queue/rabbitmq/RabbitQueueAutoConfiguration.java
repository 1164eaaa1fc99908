package youtubemp3.jobs.queue.rabbitmq;

import java.time.Duration;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.autoconfigure.ConnectionFactoryCustomizer;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.autoconfigure.JobsAutoConfiguration;
import youtubemp3.jobs.queue.DeadLetters;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.queue.Redeliveries;
import youtubemp3.jobs.queue.Retries;

/** Provides the queue on RabbitMQ. */
@AutoConfiguration(after = {JobsAutoConfiguration.class, RabbitAutoConfiguration.class})
@ConditionalOnProperty(name = "youtubemp3.jobs.broker", havingValue = "rabbitmq")
class RabbitQueueAutoConfiguration {

    /** How long RabbitMQ may take to accept a connection, and to answer a command. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Bean
    ConnectionFactoryCustomizer connectionsOfJobs(JobSettings settings) {
        return connections -> {
            // RabbitMQ closes a connection after two heartbeats without a sign of life: within a lease
            connections.setRequestedHeartbeat(
                    Math.max(1, (int) settings.lease().dividedBy(3).toSeconds()));
            connections.setConnectionTimeout((int) TIMEOUT.toMillis());
            connections.setHandshakeTimeout((int) TIMEOUT.toMillis());
            connections.setChannelRpcTimeout((int) TIMEOUT.toMillis());
            // an answer that comes too late is not taken for that to the next command
            connections.setChannelShouldCheckRpcResponseType(true);
        };
    }

    @Bean
    RabbitTemplateCustomizer publishingOfJobs() {
        return template -> {
            // while RabbitMQ blocks a publisher, it handles no other command on its connection, so consumers have their
            // own
            template.setUsePublisherConnection(true);
            // a message without a queue is returned
            template.setMandatory(true);
        };
    }

    /** {@link AmqpAdmin} declares it on each new connection. */
    @Bean
    Queue jobsQueue() {
        return JobsQueue.declaration();
    }

    @Bean
    SupportedBroker supportedBroker(ConnectionFactory connections) {
        return new SupportedBroker(connections);
    }

    @Bean
    JobQueue jobQueue(CachingConnectionFactory connections, RabbitTemplate rabbit, AmqpAdmin admin) {
        connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        connections.setPublisherReturns(true);
        return new RabbitJobQueue(rabbit, admin);
    }

    @Bean
    JobConsumer jobConsumer(
            ConnectionFactory connections,
            AmqpAdmin admin,
            JobQueue queue,
            Retries retries,
            DeadLetters deadLetters,
            Redeliveries redeliveries,
            JobSettings settings) {
        return new RabbitJobConsumer(connections, admin, queue, retries, deadLetters, redeliveries, settings.lease());
    }
}
