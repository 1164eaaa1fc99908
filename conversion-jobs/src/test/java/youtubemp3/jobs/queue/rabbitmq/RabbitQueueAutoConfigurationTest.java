package youtubemp3.jobs.queue.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.jobs.redis.RealRedis;

class RabbitQueueAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "spring.data.redis.host=" + RealRedis.shared().host(),
                    "spring.data.redis.port=" + RealRedis.shared().port());

    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    @ParameterizedTest
    @CsvSource({"youtubemp3.jobs.lease=30s", "youtubemp3.jobs.broker=redis"})
    void withRedisNothingOfRabbitIsThere(String property) {
        application.withPropertyValues(property).run(context -> {
            assertThat(context)
                    .hasSingleBean(JobQueue.class)
                    .hasSingleBean(JobConsumer.class)
                    .doesNotHaveBean(ConnectionFactory.class);
            assertThat(context.getBeanDefinitionNames())
                    .isNotEmpty()
                    .noneSatisfy(name -> assertThat(name).contains(".amqp."));
        });
    }

    /** Its broker cannot be reached, which is no reason not to start. */
    @Test
    void withRabbitTheLeaseGivesTheHeartbeatAndPublishersAreConfirmed() {
        application
                .withPropertyValues(
                        "youtubemp3.jobs.broker=rabbitmq", "youtubemp3.jobs.lease=30s", "spring.rabbitmq.port=1")
                .run(context -> {
                    assertThat(context.getBean(JobQueue.class)).isInstanceOf(RabbitJobQueue.class);
                    assertThat(context.getBean(JobConsumer.class)).isInstanceOf(RabbitJobConsumer.class);
                    CachingConnectionFactory connections =
                            (CachingConnectionFactory) context.getBean(ConnectionFactory.class);
                    assertThat(connections.getRabbitConnectionFactory().getRequestedHeartbeat())
                            .isEqualTo(10);
                    assertThat(connections.isPublisherConfirms()).isTrue();
                    assertThat(connections.isPublisherReturns()).isTrue();
                });
    }

    @Test
    void anotherBrokerIsRefusedByName() {
        application
                .withPropertyValues("youtubemp3.jobs.broker=kafka")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("youtubemp3.jobs.broker"));
    }

    @ParameterizedTest
    @CsvSource({
        "3.10.8, false",
        "3.11.28, false",
        "2.99, false",
        "null, false",
        "3.12.0, true",
        "3.13.7, true",
        "4.0.5, true",
        "4.3.0-rc.1, true",
        "10.0, true"
    })
    void versionsWithoutAConsumerTimeoutForAQueueAreRefused(String version, boolean supported) {
        assertThat(SupportedBroker.isSupported(version)).isEqualTo(supported);
    }
}
