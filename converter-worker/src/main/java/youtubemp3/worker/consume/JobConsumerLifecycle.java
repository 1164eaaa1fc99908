package youtubemp3.worker.consume;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.queue.JobConsumer;
import youtubemp3.jobs.queue.JobConsumer.Subscription;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.worker.WorkerSettings;

/** Takes jobs from the start of the application until its end. */
@Component
public class JobConsumerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobConsumerLifecycle.class);

    private final JobConsumer source;
    private final JobHandler handler;
    private final WorkerSettings settings;
    private volatile @Nullable Subscription subscription;

    JobConsumerLifecycle(JobConsumer source, JobHandler handler, WorkerSettings settings) {
        this.source = source;
        this.handler = handler;
        this.settings = settings;
    }

    @Override
    public void start() {
        subscription = source.subscribe(handler, settings.jobsAtOnce());
        log.info("Taking up to {} jobs at the same time", settings.jobsAtOnce());
    }

    @Override
    public void stop() {
        Objects.requireNonNull(subscription, "started").stop(settings.stopGrace());
        subscription = null;
    }

    /** How many jobs run at this moment. */
    public int running() {
        Subscription current = subscription;
        return current == null ? 0 : current.running();
    }

    @Override
    public boolean isRunning() {
        return subscription != null;
    }
}
