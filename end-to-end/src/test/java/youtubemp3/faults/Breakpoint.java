package youtubemp3.faults;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A breakpoint at which the traffic of a process waits until it is released. */
final class Breakpoint {

    private static final long WAIT_SECONDS = 180;

    private final Predicate<Request> what;
    private final Side side;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Breakpoint(Predicate<Request> what, Side side) {
        this.what = what;
        this.side = side;
    }

    void await() throws InterruptedException {
        if (!reached.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the breakpoint was not reached");
        }
    }

    void release() {
        released.countDown();
    }

    boolean is(Request request, Side now) {
        return side == now && what.test(request);
    }

    /** Holds the traffic that has reached it. */
    void hold() {
        reached.countDown();
        try {
            released.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
