package youtubemp3.jobs.queue.rabbitmq;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Removes Spring Boot's configurations for RabbitMQ unless it is the broker. Their mere presence would connect to RabbitMQ for the
 * health check.
 */
class RabbitAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String PACKAGE = "org.springframework.boot.amqp.";

    private boolean rabbit;

    @Override
    public void setEnvironment(Environment environment) {
        rabbit = "rabbitmq".equalsIgnoreCase(environment.getProperty("youtubemp3.jobs.broker"));
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = rabbit || name == null || !name.startsWith(PACKAGE);
        }
        return matches;
    }
}
