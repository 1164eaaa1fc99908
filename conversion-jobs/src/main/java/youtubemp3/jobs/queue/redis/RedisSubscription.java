package youtubemp3.jobs.queue.redis;

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
import youtubemp3.jobs.queue.Delivery;
import youtubemp3.jobs.queue.JobConsumer.Subscription;
import youtubemp3.jobs.queue.JobHandler;
import youtubemp3.jobs.queue.Outcome;
import youtubemp3.jobs.queue.redis.JobStream.Entry;

/**
 * Threads that take jobs and run the handler, as many as jobs may run at once, and one that renews their leases. It
 * outlives every failure of a job and every absence of Redis.
 */
final class RedisSubscription implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(RedisSubscription.class);

    private static final long PAUSE_MILLIS = 1000;

    private final RedisJobConsumer source;
    private final JobHandler handler;
    private final Duration lease;
    private final ExecutorService takers;
    private final ScheduledExecutorService heartbeat;

    /** The jobs at hand, each with the thread that works on it. */
    private final Map<Entry, Thread> running = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    RedisSubscription(RedisJobConsumer source, JobHandler handler, int concurrency, Duration lease) {
        this.source = source;
        this.handler = handler;
        this.lease = lease;
        takers = Executors.newFixedThreadPool(concurrency, task -> new Thread(task, "job-taker"));
        heartbeat = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "job-heartbeat"));
        long interval = lease.toMillis() / 3;
        heartbeat.scheduleWithFixedDelay(this::renewLeases, interval, interval, TimeUnit.MILLISECONDS);
        for (int i = 0; i < concurrency; i++) {
            takers.execute(this::takeUntilStopped);
        }
    }

    @Override
    public int running() {
        return running.size();
    }

    private void takeUntilStopped() {
        boolean joined = false;
        long leasesHold = System.nanoTime();
        while (!stopping) {
            try {
                if (!joined) {
                    source.join();
                    joined = true;
                }
                if (handler.isReady()) {
                    boolean takeOver = System.nanoTime() - leasesHold >= 0;
                    (takeOver ? source.take() : source.takeNew()).ifPresent(this::run);
                } else {
                    pause();
                }
            } catch (RuntimeException | Error e) {
                // a thread that ended here would be missing for ever. Redis is away, or was emptied and knows our group
                // no more: say so, wait, begin anew
                joined = false;
                // while Redis is away nobody can renew a lease; whoever is alive is to get the time for it afterwards
                leasesHold = System.nanoTime() + lease.toNanos() / 2;
                if (!stopping) {
                    log.warn("Cannot take jobs: {}", rootCause(e));
                    pause();
                }
            }
        }
    }

    private void run(Entry entry) {
        try (MDC.MDCCloseable job = MDC.putCloseable("job", entry.job().id().toString())) {
            handle(entry);
        }
    }

    private void handle(Entry entry) {
        running.put(entry, Thread.currentThread());
        try {
            if (stopping) {
                handBack(entry);
                return;
            }
            Outcome outcome = handler.handle(new Delivery(entry.job(), entry.attempt(), () -> source.renew(entry)));
            if (!source.settle(entry, outcome)) {
                log.warn(
                        "Job {} was taken over by another worker; this one changed nothing",
                        entry.job().id());
            }
        } catch (InterruptedException e) {
            handBack(entry);
        } catch (RuntimeException | Error e) {
            // an interruption in the middle of a Redis command comes as an exception of the driver's
            if (Thread.interrupted()) {
                handBack(entry);
            } else {
                log.error("Job {} stays leased and comes again", entry.job().id(), e);
            }
        } finally {
            // another thread may have it again already: handed back, it came back
            running.remove(entry, Thread.currentThread());
            // a late interruption was meant for this job, not for the next
            Thread.interrupted();
        }
    }

    private void handBack(Entry entry) {
        if (source.handBack(entry)) {
            log.info("Job {} was handed back", entry.job().id());
        }
    }

    private void renewLeases() {
        running.keySet().forEach(entry -> {
            try (MDC.MDCCloseable job = MDC.putCloseable("job", entry.job().id().toString())) {
                if (!source.renew(entry)) {
                    // in one step with the look at whether the thread still works on it
                    running.computeIfPresent(entry, (still, worker) -> {
                        log.warn("Lost the lease of job {}", still.job().id());
                        worker.interrupt();
                        return worker;
                    });
                }
            } catch (RuntimeException | Error e) {
                // what leaves this method ends the renewals for ever. While Redis is away, nobody else can take the job
                log.warn("Cannot renew the lease of job {}: {}", entry.job().id(), rootCause(e));
            }
        });
    }

    @Override
    public void stop(Duration grace) {
        stopping = true;
        takers.shutdown();
        try {
            if (!takers.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                takers.shutdownNow();
                if (!takers.awaitTermination(30, TimeUnit.SECONDS)) {
                    log.error("{} jobs did not end; they come again when their leases run out", running.size());
                }
            }
        } catch (InterruptedException e) {
            takers.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            heartbeat.shutdownNow();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // only stop() interrupts here, and the loop looks at it next
        }
    }

    private static String rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
