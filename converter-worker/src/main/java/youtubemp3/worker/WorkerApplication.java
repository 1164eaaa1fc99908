package youtubemp3.worker;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import youtubemp3.jobs.autoconfigure.JobsAutoConfiguration;

/** The converter-worker service. It has no port: it takes its work from the queue, and speaks through Redis. */
@SpringBootApplication
@EnableScheduling
@ConfigurationPropertiesScan
@Import(JobsAutoConfiguration.class)
public class WorkerApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(WorkerApplication.class)
                .properties("spring.config.name=converter-worker")
                .run(arguments);
    }
}
