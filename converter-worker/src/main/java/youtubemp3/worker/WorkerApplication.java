package youtubemp3.worker;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The converter-worker service. It opens no port: it takes jobs from the queue and writes statuses to Redis. */
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
