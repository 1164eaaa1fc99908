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
import youtubemp3.web.WebApplication;
import youtubemp3.worker.WorkerApplication;

/**
 * web, converter-worker, redis and cleanup in one process and its children. What Compose gives each container by its
 * environment is given here by {@link LocalInfrastructure}.
 */
@SpringBootConfiguration
@Import({WebApplication.class, WorkerApplication.class})
public class StandaloneApplication {

    private static final Logger log = LoggerFactory.getLogger(StandaloneApplication.class);

    /**
     * @param arguments {@code --demo} for the stand-in in YouTube's place; anything else is Spring Boot's
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
     * Ready when it returns; closing the context ends everything, children too.
     *
     * @param environment {@code PORT}, {@code YOUTUBE_MP3_HOME} and the like, see {@link LocalInfrastructure}
     */
    public static ConfigurableApplicationContext start(String[] arguments, Map<String, String> environment) {
        return start(arguments, environment, () -> {});
    }

    /** @param onFailure runs when Redis ends by itself: its jobs are on disk, and the next start goes on with them */
    private static ConfigurableApplicationContext start(
            String[] arguments, Map<String, String> environment, Runnable onFailure) {
        boolean demo = List.of(arguments).contains("--demo");
        LocalInfrastructure surroundings = LocalInfrastructure.prepare(demo, environment);
        try {
            SpringApplication application = new SpringApplicationBuilder(StandaloneApplication.class)
                    .properties("spring.config.name=converter-worker,web,standalone")
                    .initializers(context -> {
                        context.getEnvironment()
                                .getPropertySources()
                                .addFirst(new MapPropertySource("surroundings", surroundings.properties()));
                        // registered before any bean, so closed after all of them
                        ((DefaultListableBeanFactory) context.getBeanFactory())
                                .registerDisposableBean("surroundings", surroundings::close);
                        surroundings.closedByOthers();
                    })
                    .build();
            ConfigurableApplicationContext context = application.run(arguments);
            announce(context.getEnvironment());
            surroundings.onFailure(onFailure);
            return context;
        } catch (RuntimeException e) {
            surroundings.close();
            throw e;
        }
    }

    private static void announce(Environment environment) {
        log.info(
                "Ready: http://localhost:{} (health and metrics: http://127.0.0.1:{}/actuator)",
                environment.getProperty("local.server.port"),
                environment.getProperty("local.management.port"));
    }
}
