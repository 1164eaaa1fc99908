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
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.JobConsumer.Subscription;
import youtubemp3.jobs.status.QueueFullException;

/** What every queue promises, whatever broker it stands on. An adapter's test extends it and runs on the real broker. */
@Timeout(60)
public abstract class JobQueueContract {

    /** Short, so that a lost worker is noticed within a test's patience. */
    protected static final Duration LEASE = Duration.ofMillis(600);

    protected static final int LIMIT = 5;
    protected static final Duration NO_GRACE = Duration.ZERO;
    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");

    private final List<Subscription> subscriptions = new ArrayList<>();

    protected abstract JobQueue queue();

    /** A source as another process would have it. */
    protected abstract JobConsumer newSource();

    /** Makes this source's process fall silent without a word, as SIGKILL does: its leases are renewed no more. */
    protected abstract void silence(JobConsumer source);

    /** Ends the silence, as SIGCONT does after SIGSTOP. */
    protected abstract void wake(JobConsumer source);

    @AfterEach
    void stopSubscriptions() {
        subscriptions.forEach(subscription -> subscription.stop(NO_GRACE));
    }

    private Subscription subscribe(JobConsumer source, int concurrency, JobHandler handler) {
        Subscription subscription = source.subscribe(handler, concurrency);
        subscriptions.add(subscription);
        return subscription;
    }

    private Job enqueue() {
        Job job = Job.of(VIDEO);
        queue().enqueue(job);
        return job;
    }

    private void awaitEmpty() {
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(queue().depth())
                        .extracting(JobQueue.Depth::open, JobQueue.Depth::retrying)
                        .containsExactly(0L, 0L));
    }

    @Test
    void deliversEveryJobOnceInOrderToWhoeverIsFree() throws InterruptedException {
        BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
        List<UUID> enqueued = List.of(enqueue().id(), enqueue().id(), enqueue().id());
        subscribe(newSource(), 1, delivery -> {
            taken.add(delivery);
            return new Outcome.Done();
        });

        for (UUID id : enqueued) {
            Delivery delivery = taken.poll(10, TimeUnit.SECONDS);
            assertThat(delivery).isNotNull();
            assertThat(delivery.job()).isEqualTo(new Job(id, VIDEO));
            assertThat(delivery.attempt()).isEqualTo(1);
        }
        awaitEmpty();
        assertThat(taken).isEmpty();
    }

    @Test
    void sharesJobsAmongSourcesWithoutGivingOneTwice() {
        Map<UUID, AtomicInteger> times = new ConcurrentHashMap<>();
        JobHandler count = delivery -> {
            times.computeIfAbsent(delivery.job().id(), id -> new AtomicInteger())
                    .incrementAndGet();
            return new Outcome.Done();
        };
        subscribe(newSource(), 2, count);
        subscribe(newSource(), 2, count);
        for (int i = 0; i < 40; i++) {
            await().until(() -> queue().depth().open() < LIMIT);
            enqueue();
        }
        awaitEmpty();
        assertThat(times).hasSize(40).allSatisfy((id, n) -> assertThat(n).hasValue(1));
    }

    @Test
    void runsAsManyAtOnceAsAskedForAndNoMore() throws InterruptedException {
        CountDownLatch twoRun = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Subscription subscription = subscribe(newSource(), 2, delivery -> {
            twoRun.countDown();
            go.await();
            return new Outcome.Done();
        });
        enqueue();
        enqueue();
        enqueue();

        assertThat(twoRun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(subscription.running()).isEqualTo(2);
        go.countDown();
        awaitEmpty();
    }

    @Test
    void refusesWhatIsPastTheLimitAndTakesAgainOnceThereIsRoom() {
        for (int i = 0; i < LIMIT; i++) {
            enqueue();
        }
        assertThatThrownBy(this::enqueue).isInstanceOf(QueueFullException.class);
        assertThat(queue().depth().open()).isEqualTo(LIMIT);

        subscribe(newSource(), 1, delivery -> new Outcome.Done());
        awaitEmpty();
        enqueue();
        awaitEmpty();
    }

    @Test
    void givesAJobBackWithinItsLeaseWhenItsWorkerDied() throws InterruptedException {
        JobConsumer dying = newSource();
        CountDownLatch taken = new CountDownLatch(1);
        subscribe(dying, 1, delivery -> {
            taken.countDown();
            new CountDownLatch(1).await();
            return new Outcome.Done();
        });
        Job job = enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        silence(dying);

        BlockingQueue<Delivery> again = new LinkedBlockingQueue<>();
        subscribe(newSource(), 1, delivery -> {
            again.add(delivery);
            return new Outcome.Done();
        });
        Delivery delivery = again.poll(10, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        assertThat(delivery.job()).isEqualTo(job);
        assertThat(delivery.attempt()).isEqualTo(2);
        awaitEmpty();
    }

    @Test
    void keepsALongJobWithTheWorkerThatRenewsItsLease() {
        AtomicInteger deliveries = new AtomicInteger();
        JobHandler longerThanThreeLeases = delivery -> {
            deliveries.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(LEASE.multipliedBy(3).toMillis());
            return new Outcome.Done();
        };
        subscribe(newSource(), 1, longerThanThreeLeases);
        subscribe(newSource(), 1, longerThanThreeLeases);
        enqueue();
        awaitEmpty();
        assertThat(deliveries).hasValue(1);
    }

    @Test
    void aWorkerThatSleptThroughItsLeaseIsToldSoAndChangesNothing() throws InterruptedException {
        JobConsumer sleeper = newSource();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        BlockingQueue<Boolean> stillHeld = new LinkedBlockingQueue<>();
        subscribe(sleeper, 1, delivery -> {
            taken.countDown();
            awaitUninterruptibly(wake);
            stillHeld.add(delivery.lease().renew());
            return new Outcome.Done();
        });
        enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        silence(sleeper);

        CountDownLatch takenOver = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        subscribe(newSource(), 1, delivery -> {
            takenOver.countDown();
            finish.await();
            return new Outcome.Done();
        });
        assertThat(takenOver.await(10, TimeUnit.SECONDS)).isTrue();
        wake(sleeper);
        wake.countDown();
        assertThat(stillHeld.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(queue().depth().open())
                .as("the sleeper's acknowledgement is refused")
                .isEqualTo(1);
        finish.countDown();
        awaitEmpty();
    }

    @Test
    void triesAgainAfterTheDelayAndCounts() throws InterruptedException {
        BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        BlockingQueue<Long> times = new LinkedBlockingQueue<>();
        subscribe(newSource(), 1, delivery -> {
            attempts.add(delivery.attempt());
            times.add(System.nanoTime());
            return delivery.attempt() < 3 ? new Outcome.Retry(Duration.ofMillis(500), true) : new Outcome.Done();
        });
        enqueue();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(attempts.poll(15, TimeUnit.SECONDS)).isEqualTo(attempt);
        }
        assertThat(Duration.ofNanos(-times.take() + times.take())).isGreaterThanOrEqualTo(Duration.ofMillis(490));
        awaitEmpty();
    }

    @Test
    void setsAsideWhatIsGivenUp() {
        subscribe(newSource(), 1, delivery -> new Outcome.Dead(new Failure("BROKEN", "It is broken.")));
        enqueue();
        awaitEmpty();
        assertThat(queue().depth().dead()).isEqualTo(1);
    }

    @Test
    void aHandlerThatThrowsLosesNothing() {
        List<Integer> attempts = new java.util.concurrent.CopyOnWriteArrayList<>();
        subscribe(newSource(), 1, delivery -> {
            attempts.add(delivery.attempt());
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("a fault in the handler");
            }
            return new Outcome.Done();
        });
        enqueue();
        awaitEmpty();
        assertThat(attempts).containsExactly(1, 2);
    }

    @Test
    void aStoppingWorkerLetsTheRunningJobEndWithinItsGrace() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Subscription subscription = subscribe(newSource(), 1, delivery -> {
            taken.countDown();
            go.await();
            return new Outcome.Done();
        });
        enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopper = new Thread(() -> subscription.stop(Duration.ofSeconds(20)));
        stopper.start();
        go.countDown();
        stopper.join(20_000);
        assertThat(stopper.isAlive()).isFalse();
        assertThat(queue().depth().open()).isZero();
    }

    @Test
    void aStoppingWorkerHandsBackAtOnceAndTheAttemptDoesNotCount() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        Subscription first = subscribe(newSource(), 1, delivery -> {
            taken.countDown();
            new CountDownLatch(1).await();
            return new Outcome.Done();
        });
        enqueue();
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        first.stop(NO_GRACE);

        BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        subscribe(newSource(), 1, delivery -> {
            attempts.add(delivery.attempt());
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
        subscribe(newSource(), 1, new JobHandler() {
            @Override
            public boolean isReady() {
                asked.incrementAndGet();
                return ready.get();
            }

            @Override
            public Outcome handle(Delivery delivery) {
                assertThat(delivery.attempt()).isEqualTo(1);
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
    void whatWasNotTriedKeepsItsPlaceAndItsAttempts() throws InterruptedException {
        BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
        AtomicInteger refusals = new AtomicInteger();
        Job first = enqueue();
        Job second = enqueue();
        subscribe(newSource(), 1, delivery -> {
            taken.add(delivery);
            return refusals.incrementAndGet() <= 6 ? new Outcome.HandBack() : new Outcome.Done();
        });
        for (int i = 0; i < 7; i++) {
            Delivery delivery = taken.poll(10, TimeUnit.SECONDS);
            assertThat(delivery.job()).isEqualTo(first);
            assertThat(delivery.attempt()).isEqualTo(1);
        }
        assertThat(taken.poll(10, TimeUnit.SECONDS).job()).isEqualTo(second);
        awaitEmpty();
    }

    @Test
    void anAttemptThatDoesNotCountComesAgainAfterTheOthers() throws InterruptedException {
        BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
        AtomicBoolean refused = new AtomicBoolean();
        Job first = enqueue();
        Job second = enqueue();
        subscribe(newSource(), 1, delivery -> {
            taken.add(delivery);
            return refused.compareAndSet(false, true) ? new Outcome.Retry(Duration.ZERO, false) : new Outcome.Done();
        });
        for (Job expected : List.of(first, second, first)) {
            Delivery delivery = taken.poll(10, TimeUnit.SECONDS);
            assertThat(delivery.job()).isEqualTo(expected);
            assertThat(delivery.attempt()).isEqualTo(1);
        }
        awaitEmpty();
    }

    @Test
    void aJobThatWasGivenUpCanBeLookedAtPutBackAndRemoved() {
        Job one = enqueue();
        Job two = enqueue();
        AtomicBoolean healthy = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        subscribe(newSource(), 1, delivery -> {
            if (healthy.get()) {
                assertThat(delivery.attempt()).isEqualTo(1);
                done.incrementAndGet();
                return new Outcome.Done();
            }
            return new Outcome.Dead(new Failure("CONVERSION", "The conversion failed."));
        });
        await().untilAsserted(() -> assertThat(queue().depth()).isEqualTo(new JobQueue.Depth(0, 0, 2)));
        healthy.set(true);

        List<JobQueue.DeadJob> dead = queue().dead(10);
        assertThat(dead).extracting(JobQueue.DeadJob::job).containsExactly(two, one);
        assertThat(dead.get(0).failure()).isEqualTo(new Failure("CONVERSION", "The conversion failed."));
        assertThat(queue().dead(1)).hasSize(1);
        assertThat(queue().dead(dead.get(1).entry())).contains(dead.get(1));

        assertThat(queue().putBack(dead.get(1).entry())).isTrue();
        assertThat(queue().putBack(dead.get(1).entry())).isFalse();
        awaitEmpty();
        assertThat(done).hasValue(1);
        assertThat(queue().remove(dead.get(0).entry())).isTrue();
        assertThat(queue().remove(dead.get(0).entry())).isFalse();
        assertThat(queue().dead(10)).isEmpty();
        assertThat(queue().dead(dead.get(0).entry())).isEmpty();
        for (String nonsense : List.of("", "x", "-", "+", "1-1-1", "99999999999999999999-1")) {
            assertThat(queue().dead(nonsense)).isEmpty();
            assertThat(queue().putBack(nonsense)).isFalse();
            assertThat(queue().remove(nonsense)).isFalse();
        }
    }
}
