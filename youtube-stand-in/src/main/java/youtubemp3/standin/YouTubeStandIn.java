package youtubemp3.standin;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.pages.YouTubePages;
import youtubemp3.standin.process.Folders;
import youtubemp3.standin.proxy.ConnectProxy;
import youtubemp3.standin.proxy.RequestJournal;
import youtubemp3.standin.proxy.ServerCertificate;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.Video;

/**
 * A stand-in for the parts of YouTube that yt-dlp and the web pages talk to.
 *
 * <p>It is a forward proxy: a client asks it to {@code CONNECT www.youtube.com:443}, and is answered by a local server that
 * has a certificate for YouTube's names, issued by the authority in {@link #certificate()}. Nothing is passed on to the
 * network. Any host that is not YouTube's is answered with 502 and kept in {@link #refusedHosts()}, so that a test can also
 * tell that nothing else was asked for.
 *
 * <p>Closing it ends all its threads and sockets.
 */
public final class YouTubeStandIn implements AutoCloseable {

    private static final int END_LIMIT_SECONDS = 10;
    private static final AtomicInteger INSTANCES = new AtomicInteger();

    static {
        // The JDK's server writes head and body apart, and Nagle's algorithm may hold the body back until the head is
        // acknowledged. It reads the property only once, hence here.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Catalogue catalogue = new Catalogue();
    private final RequestJournal log = new RequestJournal();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ServerCertificate certificate;
    private final ExecutorService threads;
    private final HttpsServer youTube;
    private final ConnectProxy proxy;
    private final @Nullable Path ownFolder;

    private YouTubeStandIn(Builder builder) throws IOException {
        ownFolder = builder.folder == null ? Files.createTempDirectory("youtube-stand-in") : null;
        Path folder = builder.folder == null ? ownFolder : builder.folder;
        certificate = ServerCertificate.in(Files.createDirectories(folder));
        builder.videos.forEach(catalogue::add);
        threads = threads("youtube-stand-in-" + INSTANCES.incrementAndGet());
        // only the proxy is reachable from outside; the server behind it never leaves loopback
        youTube = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            youTube.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            youTube.setExecutor(threads);
            youTube.createContext("/", new YouTubePages(catalogue, log, builder.bytesPerSecond));
            youTube.start();
            proxy = new ConnectProxy(
                    new InetSocketAddress(builder.address, builder.port),
                    youTube.getAddress(),
                    certificate.authority(),
                    log,
                    threads);
        } catch (IOException | RuntimeException e) {
            youTube.stop(0);
            threads.shutdownNow();
            throw e;
        }
    }

    /**
     * Starts one on loopback, on a free port, with a temporary folder of its own.
     *
     * @throws UncheckedIOException if there is no port or no keytool
     */
    public static YouTubeStandIn start() {
        return builder().start();
    }

    /** For another address, port, folder or speed than those of {@link #start()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The proxy as seen from this machine, as in {@code http://127.0.0.1:8118}. */
    public URI proxy() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    /** The authority that issued YouTube's certificate here, as PEM: a trust anchor for Java and for yt-dlp. */
    public Path certificate() {
        return certificate.authority();
    }

    /** Adds a video, or replaces the one with its id; its failures count anew. */
    public void add(Video video) {
        catalogue.add(video);
    }

    /**
     * The video with this id.
     *
     * @throws NoSuchElementException if there is none
     */
    public Video video(String id) {
        return catalogue
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("no video " + id))
                .video();
    }

    /**
     * The last {@value RequestJournal#LIMIT} requests in order, as {@code GET www.youtube.com/watch?v=…}, with the Range header
     * behind a blank if there is one. A player request adds {@code PLAYER <client> <id>}, a refused one {@code REFUSED
     * host:port}.
     */
    public List<String> requests() {
        return log.requests();
    }

    /** What was asked for and is not YouTube's, as {@code host:port}. */
    public Set<String> refusedHosts() {
        return log.refusedHosts();
    }

    /** For a test that asks for other hosts on purpose. */
    public void forgetRefusedHosts() {
        log.forgetRefusedHosts();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        proxy.close();
        threads.shutdownNow(); // wakes the replies that are slow on purpose
        youTube.stop(0);
        try {
            if (!threads.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running after " + END_LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (ownFolder != null) {
                Folders.delete(ownFolder);
            }
        }
    }

    private static ExecutorService threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How to start a stand-in. */
    public static final class Builder {

        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;
        private @Nullable Path folder;
        private long bytesPerSecond;
        private final List<Video> videos = new ArrayList<>();

        private Builder() {}

        /** Where the proxy listens; loopback if not given, {@code 0.0.0.0} in a container. */
        public Builder address(InetAddress listen) {
            address = listen;
            return this;
        }

        /** The proxy's port; any free one if not given. */
        public Builder port(int listen) {
            port = listen;
            return this;
        }

        /** Where the certificate is kept and found again; a temporary folder that ends with the stand-in if not given. */
        public Builder folder(Path kept) {
            folder = kept;
            return this;
        }

        /** Bytes a second and connection, for media of videos that name no rate of their own; 0 is unlimited. */
        public Builder rate(long limit) {
            bytesPerSecond = limit;
            return this;
        }

        /** There from the first request on, as if {@link YouTubeStandIn#add added}. */
        public Builder videos(Collection<Video> first) {
            videos.addAll(first);
            return this;
        }

        /**
         * Starts it.
         *
         * @throws UncheckedIOException if the port is taken, or the certificate cannot be made
         */
        public YouTubeStandIn start() {
            try {
                return new YouTubeStandIn(this);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the YouTube stand-in: " + e.getMessage(), e);
            }
        }
    }
}
