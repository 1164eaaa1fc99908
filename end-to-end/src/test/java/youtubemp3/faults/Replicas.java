package youtubemp3.faults;

import java.io.IOException;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandIn;

/** A product with two instances of one service. When one dies, the other replaces it at once, and a new one is started. */
final class Replicas implements AutoCloseable {

    private final TestStack scene;
    private Service web;
    private Service otherWeb;
    private Service worker;
    private Service otherWorker;

    private Replicas(YouTubeStandIn youTube, Broker broker) throws IOException, InterruptedException {
        scene = new TestStack(youTube, broker);
        web = scene.startWeb();
        worker = scene.startWorker();
    }

    static Replicas ofWeb(YouTubeStandIn youTube, Broker broker) throws IOException, InterruptedException {
        Replicas product = new Replicas(youTube, broker);
        product.otherWeb = product.scene.startWeb();
        return product;
    }

    static Replicas ofWorker(YouTubeStandIn youTube, Broker broker) throws IOException, InterruptedException {
        Replicas product = new Replicas(youTube, broker);
        product.otherWorker = product.scene.startWorker();
        return product;
    }

    TestStack scene() {
        return scene;
    }

    Service web() {
        return web.awaitStarted();
    }

    Service worker() {
        return worker.awaitStarted();
    }

    Service otherWorker() {
        return otherWorker.awaitStarted();
    }

    /** Replaces web after it has died. */
    void replaceWeb() throws IOException {
        scene.forget(web);
        web = otherWeb;
        otherWeb = scene.startWeb();
    }

    /** Replaces the worker after it has died. */
    void replaceWorker() throws IOException {
        scene.forget(worker);
        worker = otherWorker;
        otherWorker = scene.startWorker();
    }

    @Override
    public void close() {
        scene.close();
    }
}
