package youtubemp3.worker;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The converter-worker service. It has no port: jobs come from the queue, and statuses go to Redis. */
@SpringBootApplication
@EnableScheduling
@ConfigurationPropertiesScan
public class WorkerApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(WorkerApplication.class)
                .properties("spring.config.name=converter-worker")
                .run(arguments);
    }
}
