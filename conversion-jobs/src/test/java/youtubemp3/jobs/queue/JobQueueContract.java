package youtubemp3.jobs.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.DeadLetters.DeadLetter;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.QueueFullException;

/** The contract of every queue. The test of each adapter extends it and runs with the real broker. */
@Timeout(60)
public abstract class JobQueueContract {

    /** Short, so that tests need not wait long for a lost worker. */
    protected static final Duration LEASE = Duration.ofMillis(600);

    protected static final int CAPACITY = 5;

    /** The broker is that of each test. */
    protected static final JobSettings SETTINGS = new JobSettings(
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            CAPACITY,
            JobSettings.Broker.REDIS,
            LEASE);

    private static final String CLIENT = "a client";
    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");

    private final List<ConsumerLoop> loops = new ArrayList<>();

    protected abstract JobQueue queue();

    /** The Redis that has statuses, retries and dead letters with every broker. */
    protected abstract StringRedisTemplate redis();

    protected final DeadLetters deadLetters() {
        return new DeadLetters(redis(), queue());
    }

    protected final Retries retries() {
        return new Retries(redis());
    }

    /** The statuses, which count attempts and open jobs independently of the broker. */
    protected final JobStatuses statuses() {
        return new JobStatuses(redis(), SETTINGS);
    }

    /** The number of jobs that the broker has delivered and still holds. */
    protected abstract long unacknowledged();

    /** Creates a consumer as in another process. */
    protected abstract JobConsumer newConsumer();

    /** Stops all commands of this consumer, as SIGKILL does, so that its leases expire. */
    protected abstract void silence(JobConsumer consumer);

    /** Resumes the consumer, as SIGCONT does after SIGSTOP. */
    protected abstract void wake(JobConsumer consumer);

    @AfterEach
    void stopLoops() {
        loops.forEach(loop -> loop.stop(Duration.ZERO));
    }

    /** Handles an attempt that has begun. */
    private interface AttemptHandler {
        Outcome handle(Attempt attempt, Job job, Lease lease) throws InterruptedException;
    }

    private ConsumerLoop consume(JobConsumer consumer, int concurrency, JobHandler handler) {
        ConsumerLoop loop = new ConsumerLoop(consumer, handler, concurrency, LEASE);
        loops.add(loop);
        loop.start();
        return loop;
    }

    /** Begins the attempt and writes its outcome to the status, as the worker does. */
    private ConsumerLoop consume(JobConsumer consumer, int concurrency, AttemptHandler handler) {
        return consume(consumer, concurrency, (JobHandler) (job, lease) -> {
            Attempt attempt = statuses().begin(job.id()).orElseThrow();
            try {
                Outcome outcome = handler.handle(attempt, job, lease);
                write(attempt, outcome);
                return outcome;
            } catch (InterruptedException e) {
                statuses().requeue(attempt);
                throw e;
            }
        });
    }

    private void write(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            statuses().retry(attempt, new Failure("NETWORK"), retry.delay());
        } else if (outcome instanceof Outcome.DeadLetter letter) {
            statuses().fail(attempt, letter.failure());
        } else if (outcome instanceof Outcome.Requeue) {
            statuses().requeue(attempt);
        } else {
            statuses().finish(attempt);
        }
    }

    private Job enqueue() {
        Job job = RandomJob.of(VIDEO);
        statuses().onQueue(job, CLIENT, 0);
        queue().enqueue(job);
        return job;
    }

    private void awaitEmpty() {
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(statuses().open()).isZero();
            assertThat(retries().count()).isZero();
            assertThat(unacknowledged()).isZero();
            assertThat(queue().state().waiting()).isZero();
        });
    }

    @Test
    void deliversEveryJobOnceInOrder() throws InterruptedException {
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        List<Job> enqueued = List.of(enqueue(), enqueue(), enqueue());
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            taken.add(new Taken(job, attempt.number()));
            return new Outcome.Done();
        });

        for (Job job : enqueued) {
            assertThat(taken.poll(10, TimeUnit.SECONDS)).isEqualTo(new Taken(job, 1));
        }
        awaitEmpty();
        assertThat(taken).isEmpty();
    }

    @Test
    void sharesJobsAmongConsumersWithoutDeliveringOneTwice() {
        Map<UUID, AtomicInteger> times = new ConcurrentHashMap<>();
        AttemptHandler count = (attempt, job, lease) -> {
            times.computeIfAbsent(job.id(), id -> new AtomicInteger()).incrementAndGet();
            return new Outcome.Done();
        };
        consume(newConsumer(), 2, count);
        consume(newConsumer(), 2, count);
        for (int i = 0; i < 40; i++) {
            await().until(() -> statuses().open() < CAPACITY);
            enqueue();
        }
        awaitEmpty();
        assertThat(times).hasSize(40).allSatisfy((id, n) -> assertThat(n).hasValue(1));
    }

    @Test
    void runsExactlyTheConfiguredNumberOfJobsAtOnce() throws InterruptedException {
        CountDownLatch twoRun = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        ConsumerLoop loop = consume(newConsumer(), 2, (attempt, job, lease) -> {
            twoRun.countDown();
            go.await();
            return new Outcome.Done();
        });
        enqueue();
        enqueue();
        enqueue();

        assertThat(twoRun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.running()).isEqualTo(2);
        go.countDown();
        awaitEmpty();
    }

    @Test
    void rejectsJobsBeyondItsCapacityUntilOneHasEnded() {
        for (int i = 0; i < CAPACITY; i++) {
            enqueue();
        }
        assertThatThrownBy(this::enqueue)
                .isInstanceOfSatisfying(
                        QueueFullException.class,
                        full -> assertThat(full.isClientsShare()).isFalse());
        assertThat(queue().state().waiting()).isEqualTo(CAPACITY);

        consume(newConsumer(), 1, (attempt, job, lease) -> new Outcome.Done());
        awaitEmpty();
        enqueue();
        awaitEmpty();
    }

    @Test
    void deliversTheJobOfADeadWorkerAfterItsLease() throws InterruptedException {
        JobConsumer dying = newConsumer();
        CountDownLatch taken = new CountDownLatch(1);
        consume(dying, 1, (attempt, job, lease) -> {
            taken.countDown();
            new CountDownLatch(1).await();
            return new Outcome.Done();
        });
        Job abandoned = enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        silence(dying);

        BlockingQueue<Taken> again = new LinkedBlockingQueue<>();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            again.add(new Taken(job, attempt.number()));
            return new Outcome.Done();
        });
        assertThat(again.poll(10, TimeUnit.SECONDS)).isEqualTo(new Taken(abandoned, 2));
        awaitEmpty();
    }

    @Test
    void keepsALongJobWithTheWorkerThatRenewsItsLease() {
        AtomicInteger deliveries = new AtomicInteger();
        AttemptHandler longerThanThreeLeases = (attempt, job, lease) -> {
            deliveries.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(LEASE.multipliedBy(3).toMillis());
            return new Outcome.Done();
        };
        consume(newConsumer(), 1, longerThanThreeLeases);
        consume(newConsumer(), 1, longerThanThreeLeases);
        enqueue();
        awaitEmpty();
        assertThat(deliveries).hasValue(1);
    }

    @Test
    void aWorkerThatOutsleptItsLeaseChangesNothing() throws InterruptedException {
        JobConsumer sleeper = newConsumer();
        CountDownLatch wake = new CountDownLatch(1);
        BlockingQueue<Lease> leases = new LinkedBlockingQueue<>();
        consume(sleeper, 1, (attempt, job, lease) -> {
            leases.add(lease);
            awaitUninterruptibly(wake);
            return new Outcome.Done();
        });
        enqueue();
        Lease expired = leases.poll(10, TimeUnit.SECONDS);
        assertThat(expired).isNotNull();
        silence(sleeper);

        CountDownLatch takenOver = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            takenOver.countDown();
            finish.await();
            return new Outcome.Done();
        });
        assertThat(takenOver.await(10, TimeUnit.SECONDS)).isTrue();
        wake(sleeper);
        // not by the handler, whose thread the loop interrupts as soon as it finds the lease lost
        assertThat(expired.renew()).isFalse();
        wake.countDown();
        // the acknowledgement of the suspended worker is rejected; a broker may tell the number a moment later
        await().during(1, TimeUnit.SECONDS).until(() -> unacknowledged() == 1);
        finish.countDown();
        awaitEmpty();
    }

    @Test
    void retriesAfterTheDelayAndCountsTheAttempt() throws InterruptedException {
        BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        BlockingQueue<Long> times = new LinkedBlockingQueue<>();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            attempts.add(attempt.number());
            times.add(System.nanoTime());
            return attempt.number() < 3 ? new Outcome.Retry(Duration.ofMillis(500)) : new Outcome.Done();
        });
        enqueue();
        for (int number = 1; number <= 3; number++) {
            assertThat(attempts.poll(15, TimeUnit.SECONDS)).isEqualTo(number);
        }
        assertThat(Duration.ofNanos(-times.take() + times.take())).isGreaterThanOrEqualTo(Duration.ofMillis(490));
        awaitEmpty();
    }

    @Test
    void keepsDeadLetters() {
        consume(newConsumer(), 1, (attempt, job, lease) -> new Outcome.DeadLetter(new Failure("BROKEN")));
        enqueue();
        awaitEmpty();
        assertThat(deadLetters().count()).isEqualTo(1);
    }

    @Test
    void aHandlerThatThrowsLosesNoJob() {
        List<Integer> attempts = new java.util.concurrent.CopyOnWriteArrayList<>();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            attempts.add(attempt.number());
            if (attempt.number() == 1) {
                throw new IllegalStateException("a fault in the handler");
            }
            return new Outcome.Done();
        });
        enqueue();
        awaitEmpty();
        assertThat(attempts).containsExactly(1, 2);
    }

    @Test
    void aStoppingWorkerLetsTheRunningJobEndWithinItsTimeout() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ConsumerLoop loop = consume(newConsumer(), 1, (attempt, job, lease) -> {
            taken.countDown();
            go.await();
            return new Outcome.Done();
        });
        enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopper = new Thread(() -> loop.stop(Duration.ofSeconds(20)));
        stopper.start();
        go.countDown();
        stopper.join(20_000);
        assertThat(stopper.isAlive()).isFalse();
        awaitEmpty();
    }

    @Test
    void aStoppingWorkerRequeuesAtOnceAndTheAttemptDoesNotCount() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        ConsumerLoop first = consume(newConsumer(), 1, (attempt, job, lease) -> {
            taken.countDown();
            new CountDownLatch(1).await();
            return new Outcome.Done();
        });
        enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        first.stop(Duration.ZERO);

        BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            attempts.add(attempt.number());
            return new Outcome.Done();
        });
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
        awaitEmpty();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            // the lease was lost while we slept, which is what the test is about
            Thread.interrupted();
        }
    }

    @Test
    void takesNothingWhileTheHandlerIsNotReady() {
        AtomicInteger handled = new AtomicInteger();
        AtomicBoolean ready = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        consume(newConsumer(), 1, new JobHandler() {
            @Override
            public boolean isReady() {
                asked.incrementAndGet();
                return ready.get();
            }

            @Override
            public Outcome handle(Job job, Lease lease) {
                statuses().finish(statuses().begin(job.id()).orElseThrow());
                handled.incrementAndGet();
                return new Outcome.Done();
            }
        });
        enqueue();
        await().until(() -> asked.get() >= 2);
        assertThat(handled).hasValue(0);
        ready.set(true);
        awaitEmpty();
        assertThat(handled).hasValue(1);
    }

    @Test
    void aRequeuedJobKeepsItsPlaceAndItsAttempts() throws InterruptedException {
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        AtomicInteger refusals = new AtomicInteger();
        Job first = enqueue();
        Job second = enqueue();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            taken.add(new Taken(job, attempt.number()));
            return refusals.incrementAndGet() <= 6 ? new Outcome.Requeue() : new Outcome.Done();
        });
        for (int i = 0; i < 7; i++) {
            assertThat(taken.poll(10, TimeUnit.SECONDS)).isEqualTo(new Taken(first, 1));
        }
        assertThat(taken.poll(10, TimeUnit.SECONDS)).isEqualTo(new Taken(second, 1));
        awaitEmpty();
    }

    @Test
    void anUncountedRetryRunsAfterTheOtherJobs() throws InterruptedException {
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        AtomicBoolean refused = new AtomicBoolean();
        Job first = enqueue();
        Job second = enqueue();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            taken.add(new Taken(job, attempt.number()));
            if (refused.compareAndSet(false, true)) {
                statuses().requeue(attempt);
                return new Outcome.Retry(Duration.ZERO);
            }
            return new Outcome.Done();
        });
        for (Job expected : List.of(first, second, first)) {
            assertThat(taken.poll(10, TimeUnit.SECONDS)).isEqualTo(new Taken(expected, 1));
        }
        awaitEmpty();
    }

    @Test
    void aDeadLetterCanBeFoundRequeuedAndRemoved() {
        Job one = enqueue();
        Job two = enqueue();
        AtomicBoolean healthy = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        consume(newConsumer(), 1, (attempt, job, lease) -> {
            if (healthy.get()) {
                assertThat(attempt.number()).isEqualTo(1);
                done.incrementAndGet();
                return new Outcome.Done();
            }
            return new Outcome.DeadLetter(new Failure("CONVERSION"));
        });
        awaitEmpty();
        assertThat(deadLetters().count()).isEqualTo(2);
        healthy.set(true);

        List<DeadLetter> dead = deadLetters().list(10);
        assertThat(dead).extracting(DeadLetter::job).containsExactly(two, one);
        assertThat(dead.get(0).failure()).isEqualTo(new Failure("CONVERSION"));
        assertThat(deadLetters().list(1)).hasSize(1);
        assertThat(deadLetters().find(dead.get(1).entry())).contains(dead.get(1));

        statuses().reopen(one);
        assertThat(deadLetters().requeue(dead.get(1).entry())).isTrue();
        assertThat(deadLetters().requeue(dead.get(1).entry())).isFalse();
        awaitEmpty();
        assertThat(done).hasValue(1);
        assertThat(deadLetters().remove(dead.get(0).entry())).isTrue();
        assertThat(deadLetters().remove(dead.get(0).entry())).isFalse();
        assertThat(deadLetters().list(10)).isEmpty();
        assertThat(deadLetters().find(dead.get(0).entry())).isEmpty();
        for (String nonsense : List.of("", "x", "-", "+", "1-1-1", "99999999999999999999-1")) {
            assertThat(deadLetters().find(nonsense)).isEmpty();
            assertThat(deadLetters().requeue(nonsense)).isFalse();
            assertThat(deadLetters().remove(nonsense)).isFalse();
        }
    }

    private record Taken(Job job, int attempt) {}
}
