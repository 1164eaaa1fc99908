package youtubemp3.faults;

import java.io.IOException;
import youtubemp3.standin.YouTubeStandIn;

/** A product with two of one service. One may die: the other has its place at once, and the next is started meanwhile. */
final class Replicas implements AutoCloseable {

    private final TestStack scene;
    private Service web;
    private Service otherWeb;
    private Service worker;
    private Service otherWorker;

    private Replicas(YouTubeStandIn youTube) throws IOException, InterruptedException {
        scene = new TestStack(youTube);
        web = scene.startWeb();
        worker = scene.startWorker();
    }

    static Replicas ofWeb(YouTubeStandIn youTube) throws IOException, InterruptedException {
        Replicas product = new Replicas(youTube);
        product.otherWeb = product.scene.startWeb();
        return product;
    }

    static Replicas ofWorker(YouTubeStandIn youTube) throws IOException, InterruptedException {
        Replicas product = new Replicas(youTube);
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

    /** The next web, when this one has died. */
    void replaceWeb() throws IOException {
        scene.forget(web);
        web = otherWeb;
        otherWeb = scene.startWeb();
    }

    /** The next worker, when this one has died. */
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
