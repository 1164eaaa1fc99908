package youtubemp3.faults;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import youtubemp3.jobs.JobSettings.Broker;

/**
 * A pool of products for parallel tests, which mostly wait for leases and starts. Each test has a product for itself;
 * after a failure, the next test gets a new one.
 */
final class StackPool implements AfterAllCallback {

    private static final int COUNT = 2;

    private final Start start;
    private final BlockingQueue<Lane> free = new LinkedBlockingQueue<>();

    StackPool(Start start) {
        this.start = start;
        for (int i = 0; i < COUNT; i++) {
            free.add(new Lane());
        }
    }

    /** @param broker the same in all tests of a class */
    void with(Broker broker, Row row) throws Exception {
        Lane lane = free.take();
        boolean passed = false;
        try {
            if (lane.product == null) {
                lane.product = start.start(broker);
            }
            row.run(lane.product);
            passed = true;
        } finally {
            if (!passed) {
                lane.close();
            }
            free.add(lane);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        free.forEach(Lane::close);
    }

    interface Start {
        Replicas start(Broker broker) throws Exception;
    }

    interface Row {
        void run(Replicas product) throws Exception;
    }

    private static final class Lane {

        private Replicas product;

        void close() {
            if (product != null) {
                product.close();
                product = null;
            }
        }
    }
}
