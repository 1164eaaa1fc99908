package youtubemp3.jobs.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;

/** Tests the loop without a broker and without sleeping: it counts pauses and renews leases explicitly. */
@Timeout(30)
class ConsumerLoopTest {

    /** So long that the loop does not renew leases by itself. */
    private static final Duration LEASE = Duration.ofHours(3);

    private final FakeConsumer consumer = new FakeConsumer();
    private final AtomicInteger pauses = new AtomicInteger();
    private ConsumerLoop loop;

    @AfterEach
    void stop() {
        loop.stop(Duration.ZERO);
    }

    private void start(JobHandler handler) {
        loop = new ConsumerLoop(consumer, handler, 1, LEASE, time -> pauses.incrementAndGet());
        loop.start();
    }

    @Test
    void settlesEveryDeliveryWithTheOutcomeOfItsHandler() {
        FakeDelivery one = consumer.deliver();
        FakeDelivery two = consumer.deliver();
        Outcome retry = new Outcome.Retry(Duration.ofSeconds(1));
        Outcome dead = new Outcome.DeadLetter(new Failure("CONVERSION"));
        start((job, lease) -> job.equals(one.job()) ? retry : dead);

        await().untilAsserted(() -> assertThat(two.outcomes).containsExactly(dead));
        assertThat(one.outcomes).containsExactly(retry);
        assertThat(loop.running()).isZero();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void joinsAgainAfterAFailureAndGivesOthersTimeToRenewTheirLeases(CapturedOutput log) {
        consumer.fail.set(true);
        FakeDelivery delivery = consumer.deliver();
        start((job, lease) -> new Outcome.Done());

        await().untilAsserted(() -> assertThat(delivery.outcomes).hasSize(1));
        assertThat(consumer.graces).containsExactly(Duration.ZERO, LEASE.dividedBy(2));
        assertThat(pauses).hasValue(1);
        assertThat(log).contains("Cannot take jobs: java.lang.IllegalStateException: the broker is away");
    }

    /** Starts a job that runs until the latch is counted down, and fails to renew its lease once. */
    private CountDownLatch startWithAFailedRenewal(FakeDelivery delivery) {
        CountDownLatch go = new CountDownLatch(1);
        start((job, lease) -> {
            go.await();
            return new Outcome.Done();
        });
        await().until(() -> loop.running() == 1);
        delivery.broken.set(true);
        loop.renewLeases();
        return go;
    }

    @Test
    void joinsAgainWithAGraceWhenTheBrokerFailedOnlyWhileAJobRan() {
        FakeDelivery delivery = consumer.deliver();
        CountDownLatch go = startWithAFailedRenewal(delivery);
        FakeDelivery next = consumer.deliver();
        go.countDown();

        await().untilAsserted(() -> assertThat(next.outcomes).hasSize(1));
        assertThat(consumer.graces).containsExactly(Duration.ZERO, LEASE.dividedBy(2));
    }

    @Test
    void takesNothingWhileTheHandlerIsNotReady() {
        AtomicBoolean ready = new AtomicBoolean();
        FakeDelivery delivery = consumer.deliver();
        start(new JobHandler() {
            @Override
            public boolean isReady() {
                return ready.get();
            }

            @Override
            public Outcome handle(Job job, Lease lease) {
                return new Outcome.Done();
            }
        });

        await().until(() -> pauses.get() > 2);
        assertThat(delivery.outcomes).isEmpty();
        ready.set(true);
        await().untilAsserted(() -> assertThat(delivery.outcomes).hasSize(1));
    }

    @Test
    void aHandlerThatThrowsLeavesItsJobLeased() {
        FakeDelivery broken = consumer.deliver();
        FakeDelivery next = consumer.deliver();
        start((job, lease) -> {
            if (job.equals(broken.job())) {
                throw new IllegalStateException("a fault in the handler");
            }
            return new Outcome.Done();
        });

        await().untilAsserted(() -> assertThat(next.outcomes).hasSize(1));
        assertThat(broken.outcomes).isEmpty();
        assertThat(broken.abandoned).isTrue();
    }

    @Test
    void aLostLeaseInterruptsItsJobButNotTheNextOne() {
        FakeDelivery lost = consumer.deliver();
        CountDownLatch running = new CountDownLatch(1);
        start((job, lease) -> {
            running.countDown();
            if (job.equals(lost.job())) {
                new CountDownLatch(1).await();
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return new Outcome.Done();
        });
        await().until(() -> running.getCount() == 0);
        loop.renewLeases();
        assertThat(lost.renewals).hasValue(1);
        lost.held.set(false);
        loop.renewLeases();

        FakeDelivery next = consumer.deliver();
        await().untilAsserted(() -> assertThat(next.outcomes).hasSize(1));
        assertThat(lost.outcomes).containsExactly(new Outcome.Requeue());
    }

    @Test
    void aFailedRenewalStopsNeitherTheJobNorFurtherRenewals() {
        FakeDelivery delivery = consumer.deliver();
        CountDownLatch go = startWithAFailedRenewal(delivery);
        delivery.broken.set(false);
        loop.renewLeases();
        go.countDown();

        await().untilAsserted(() -> assertThat(delivery.outcomes).containsExactly(new Outcome.Done()));
    }

    @Test
    void aStopRequeuesJobsThatDoNotEndInTime() {
        FakeDelivery delivery = consumer.deliver();
        start((job, lease) -> {
            new CountDownLatch(1).await();
            return new Outcome.Done();
        });
        await().until(() -> loop.running() == 1);
        loop.stop(Duration.ZERO);

        assertThat(delivery.outcomes).containsExactly(new Outcome.Requeue());
        assertThat(loop.running()).isZero();
    }

    private static final class FakeConsumer implements JobConsumer {

        private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
        private final List<Duration> graces = new CopyOnWriteArrayList<>();
        private final AtomicBoolean fail = new AtomicBoolean();

        FakeDelivery deliver() {
            FakeDelivery delivery = new FakeDelivery(RandomJob.of(new VideoId("dQw4w9WgXcQ")));
            waiting.add(delivery);
            return delivery;
        }

        @Override
        public void join(Duration grace) {
            graces.add(grace);
        }

        @Override
        public Optional<Delivery> take() {
            if (fail.compareAndSet(true, false)) {
                throw new IllegalStateException("the broker is away");
            }
            try {
                return Optional.ofNullable(waiting.poll(10, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private static final class FakeDelivery implements Delivery {

        private final Job job;
        private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        private final AtomicInteger renewals = new AtomicInteger();
        private final AtomicBoolean held = new AtomicBoolean(true);
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicBoolean abandoned = new AtomicBoolean();

        FakeDelivery(Job job) {
            this.job = job;
        }

        @Override
        public Job job() {
            return job;
        }

        @Override
        public boolean renew() {
            if (broken.get()) {
                throw new IllegalStateException("the broker is away");
            }
            renewals.incrementAndGet();
            return held.get();
        }

        @Override
        public void abandon() {
            abandoned.set(true);
        }

        @Override
        public boolean settle(Outcome outcome) {
            outcomes.add(outcome);
            return true;
        }
    }
}
