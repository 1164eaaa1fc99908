package youtubemp3.standalone;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.dao.DataAccessException;
import youtubemp3.jobs.queue.JobQueue;
import youtubemp3.web.WebApplication;
import youtubemp3.worker.WorkerApplication;

/**
 * Runs web, converter-worker, Redis and cleanup in one process and its children. {@link LocalInfrastructure} provides the settings
 * that the containers get from Compose.
 */
@SpringBootConfiguration
@Import({WebApplication.class, WorkerApplication.class})
public class StandaloneApplication {

    private static final Logger log = LoggerFactory.getLogger(StandaloneApplication.class);

    /**
     * Starts the product; exits with 1 if it cannot start or if Redis ends.
     *
     * @param arguments {@code --demo} replaces YouTube by a stand-in; all others are passed to Spring Boot
     */
    public static void main(String[] arguments) {
        try {
            start(arguments, System.getenv(), () -> System.exit(1));
        } catch (CannotStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the product and waits until it is ready. Closing the context stops everything, including child processes.
     *
     * @param environment {@code PORT}, {@code YOUTUBE_MP3_HOME} and others, see {@link LocalInfrastructure#prepare}
     * @throws CannotStartException when a part cannot be started on this machine
     */
    public static ConfigurableApplicationContext start(String[] arguments, Map<String, String> environment) {
        return start(arguments, environment, () -> {});
    }

    /** @param onFailure runs if Redis ends unexpectedly; the jobs are on disk, and the next start resumes them */
    private static ConfigurableApplicationContext start(
            String[] arguments, Map<String, String> environment, Runnable onFailure) {
        boolean demo = List.of(arguments).contains("--demo");
        LocalInfrastructure infrastructure = LocalInfrastructure.prepare(demo, environment);
        try {
            SpringApplication application = new SpringApplicationBuilder(StandaloneApplication.class)
                    .properties("spring.config.name=converter-worker,web,standalone")
                    .initializers(context -> {
                        context.getEnvironment()
                                .getPropertySources()
                                .addFirst(new MapPropertySource("localInfrastructure", infrastructure.properties()));
                        // beans are destroyed in reverse order of registration, so this one last
                        ((DefaultListableBeanFactory) context.getBeanFactory())
                                .registerDisposableBean("localInfrastructure", infrastructure::close);
                        infrastructure.releaseShutdownHook();
                    })
                    .build();
            ConfigurableApplicationContext context = application.run(arguments);
            requireBroker(context);
            announce(context.getEnvironment());
            infrastructure.onFailure(onFailure);
            return context;
        } catch (RuntimeException e) {
            infrastructure.close();
            throw e;
        }
    }

    /** Another broker than the Redis that comes with the product has to run already. */
    private static void requireBroker(ConfigurableApplicationContext context) {
        try {
            context.getBean(JobQueue.class).state();
        } catch (DataAccessException e) {
            context.close();
            throw new CannotStartException("The queue's broker cannot be reached. Start it, or name its address"
                    + " (--spring.rabbitmq.host=, --spring.rabbitmq.port=, --spring.rabbitmq.username=,"
                    + " --spring.rabbitmq.password=), or leave out --youtubemp3.jobs.broker=rabbitmq. "
                    + e.getMessage());
        }
    }

    private static void announce(Environment environment) {
        log.info(
                "Ready: http://localhost:{} (health and metrics: http://127.0.0.1:{}/actuator)",
                environment.getProperty("local.server.port"),
                environment.getProperty("local.management.port"));
    }
}
