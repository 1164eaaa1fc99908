package youtubemp3.worker.consume;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.queue.ConsumerLoop;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.worker.WorkerSettings;

/** Runs the {@link ConsumerLoop} from the start of the application to its shutdown. */
@Component
public class JobConsumerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobConsumerLifecycle.class);

    private final JobConsumer consumer;
    private final JobHandler handler;
    private final JobSettings jobs;
    private final WorkerSettings settings;
    private volatile @Nullable ConsumerLoop loop;

    JobConsumerLifecycle(JobConsumer consumer, JobHandler handler, JobSettings jobs, WorkerSettings settings) {
        this.consumer = consumer;
        this.handler = handler;
        this.jobs = jobs;
        this.settings = settings;
    }

    @Override
    public void start() {
        ConsumerLoop started = new ConsumerLoop(consumer, handler, settings.jobsAtOnce(), jobs.lease());
        started.start();
        loop = started;
        log.info("Taking up to {} jobs at the same time", settings.jobsAtOnce());
    }

    @Override
    public void stop() {
        ConsumerLoop current = loop;
        if (current != null) {
            current.stop(settings.shutdownTimeout());
        }
        loop = null;
    }

    /** The number of jobs that are running now. */
    public int running() {
        ConsumerLoop current = loop;
        return current == null ? 0 : current.running();
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
