package youtubemp3.jobs.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.NestedExceptionUtils;

/**
 * Takes jobs from a {@link JobConsumer} and passes them to a {@link JobHandler}, with one thread for each job that may run at the
 * same time and one that renews their leases. It keeps running after any failure of a job or of the broker.
 */
public final class ConsumerLoop {

    /** Sleeps; tests replace it. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    /** How long {@link #stop} waits for interrupted jobs to end. */
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(30);

    private final JobConsumer consumer;
    private final JobHandler handler;
    private final int concurrency;
    private final Duration lease;
    private final Pause pause;
    private final ExecutorService takers;
    private final ScheduledExecutorService renewals;

    /** The deliveries that are being handled, each with its thread. */
    private final Map<Delivery, Thread> running = new ConcurrentHashMap<>();

    /** Whether the consumer has joined and no command has failed since, on any thread. */
    private volatile boolean joined;

    /** What the next {@link JobConsumer#join} gets. */
    private volatile Duration grace = Duration.ZERO;

    private volatile boolean stopping;

    /**
     * @param concurrency how many jobs run at the same time
     * @param lease how long a lease lasts; it is renewed every third of that
     */
    public ConsumerLoop(JobConsumer consumer, JobHandler handler, int concurrency, Duration lease) {
        this(consumer, handler, concurrency, lease, time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
    }

    ConsumerLoop(JobConsumer consumer, JobHandler handler, int concurrency, Duration lease, Pause pause) {
        this.consumer = consumer;
        this.handler = handler;
        this.concurrency = concurrency;
        this.lease = lease;
        this.pause = pause;
        this.takers = Executors.newFixedThreadPool(concurrency, task -> new Thread(task, "job-taker"));
        this.renewals = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "lease-renewal"));
    }

    /** Starts the threads. */
    public void start() {
        long interval = lease.toMillis() / 3;
        renewals.scheduleWithFixedDelay(this::renewLeases, interval, interval, TimeUnit.MILLISECONDS);
        for (int i = 0; i < concurrency; i++) {
            takers.execute(this::takeUntilStopped);
        }
    }

    /** The number of jobs that are running now. */
    public int running() {
        return running.size();
    }

    /**
     * Stops taking jobs, waits for the running ones, and then interrupts them, so that they are requeued. Returns when all have
     * ended, or 30 s after the interruption.
     *
     * @param timeout how long the running jobs may continue
     */
    public void stop(Duration timeout) {
        stopping = true;
        takers.shutdown();
        try {
            if (!takers.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                takers.shutdownNow();
                if (!takers.awaitTermination(INTERRUPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.error("{} jobs did not end; they are delivered again when their leases expire", running.size());
                }
            }
        } catch (InterruptedException e) {
            takers.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            renewals.shutdownNow();
        }
    }

    private void takeUntilStopped() {
        while (!stopping) {
            try {
                join();
                if (handler.isReady()) {
                    consumer.take().ifPresent(this::run);
                } else {
                    sleep();
                }
            } catch (RuntimeException | Error e) {
                // The thread must survive, since it is not replaced. The broker is unreachable or has lost its data.
                brokerFailed();
                if (!stopping) {
                    log.warn("Cannot take jobs: {}", rootCause(e));
                    sleep();
                }
            }
        }
    }

    private synchronized void join() {
        if (!joined) {
            consumer.join(grace);
            joined = true;
        }
    }

    /** Leases may have expired meanwhile, so no thread takes a job before the consumer has joined again with a grace period. */
    private void brokerFailed() {
        grace = lease.dividedBy(2);
        joined = false;
    }

    private void run(Delivery delivery) {
        try (MDC.MDCCloseable job = MDC.putCloseable("job", delivery.job().id().toString())) {
            handle(delivery);
        }
    }

    private void handle(Delivery delivery) {
        running.put(delivery, Thread.currentThread());
        try {
            if (stopping) {
                requeue(delivery);
                return;
            }
            if (!delivery.settle(handler.handle(delivery.job(), delivery))) {
                log.warn(
                        "Job {} was taken over by another worker; this one changed nothing",
                        delivery.job().id());
            }
        } catch (InterruptedException e) {
            requeue(delivery);
        } catch (RuntimeException | Error e) {
            // the broker's driver turns an interruption during a command into an exception of its own
            if (Thread.interrupted()) {
                requeue(delivery);
            } else {
                log.error(
                        "Job {} failed unexpectedly; it is delivered again when its lease expires",
                        delivery.job().id(),
                        e);
            }
        } finally {
            // after a requeue, another thread may already handle an equal delivery
            running.remove(delivery, Thread.currentThread());
            // clears a late interruption, which was meant for this job
            Thread.interrupted();
        }
    }

    private void requeue(Delivery delivery) {
        if (delivery.settle(new Outcome.Requeue())) {
            log.info("Job {} was requeued", delivery.job().id());
        }
    }

    void renewLeases() {
        running.keySet().forEach(delivery -> {
            String id = delivery.job().id().toString();
            try (MDC.MDCCloseable job = MDC.putCloseable("job", id)) {
                if (!delivery.renew()) {
                    // atomic with the check that the thread still handles the delivery
                    running.computeIfPresent(delivery, (still, worker) -> {
                        log.warn("Lost the lease of job {}", id);
                        worker.interrupt();
                        return worker;
                    });
                }
            } catch (RuntimeException | Error e) {
                // an exception would cancel all further renewals; no worker can take the job from an unreachable broker
                brokerFailed();
                log.warn("Cannot renew the lease of job {}: {}", id, rootCause(e));
            }
        });
    }

    private void sleep() {
        try {
            pause.sleep(RETRY_INTERVAL);
        } catch (InterruptedException e) {
            // only stop() interrupts here, and the loop checks for it next
        }
    }

    /** As text: the log would print the stack trace of an exception, and every second. */
    private static String rootCause(Throwable e) {
        return NestedExceptionUtils.getMostSpecificCause(e).toString();
    }
}
