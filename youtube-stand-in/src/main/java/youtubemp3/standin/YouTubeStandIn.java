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
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.media.MediaResponse;
import youtubemp3.standin.pages.YouTubePages;
import youtubemp3.standin.proxy.ConnectProxy;
import youtubemp3.standin.proxy.RequestJournal;
import youtubemp3.standin.proxy.ServerCertificate;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.Playlist;
import youtubemp3.standin.video.Video;

/**
 * Replaces the parts of YouTube that yt-dlp and the product's web pages use.
 *
 * <p>The stand-in is a forward proxy: a client sends {@code CONNECT www.youtube.com:443}, and a local server responds with a
 * certificate for YouTube's host names, issued by the authority in {@link #certificate()}. No request reaches the network. A
 * request to any other host gets a 502 and is recorded in {@link #refusedHosts()}, so that a test can check that its subject
 * contacts no other host.
 *
 * <p>{@link #close()} ends all threads and sockets of the stand-in.
 */
public final class YouTubeStandIn implements AutoCloseable {

    private static final int CLOSE_LIMIT_SECONDS = 10;
    private static final AtomicInteger INSTANCES = new AtomicInteger();

    static {
        // The JDK's server writes header and body separately, and Nagle's algorithm may delay the body until the header
        // is acknowledged. The server reads this property only when its first class is loaded.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Catalogue catalogue = new Catalogue();
    private final RequestJournal journal = new RequestJournal();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ServerCertificate certificate;
    private final ExecutorService threads;
    private final HttpsServer youTube;
    private final ConnectProxy proxy;
    private final @Nullable Path temporaryFolder;

    private YouTubeStandIn(Builder builder) throws IOException {
        temporaryFolder = builder.folder == null ? Files.createTempDirectory("youtube-stand-in") : null;
        Path folder = builder.folder == null ? temporaryFolder : builder.folder;
        certificate = ServerCertificate.in(Files.createDirectories(folder));
        builder.videos.forEach(catalogue::add);
        builder.playlists.forEach(catalogue::add);
        threads = threads("youtube-stand-in-" + INSTANCES.incrementAndGet());
        // the server is always bound to loopback; only the proxy may be bound to another address
        youTube = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            youTube.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            youTube.setExecutor(threads);
            youTube.createContext(
                    "/", new YouTubePages(catalogue, journal::add, new MediaResponse(builder.bytesPerSecond)));
            youTube.start();
            proxy = new ConnectProxy(
                    new InetSocketAddress(builder.address, builder.port),
                    youTube.getAddress(),
                    certificate.authority(),
                    journal,
                    builder.credentials,
                    threads);
        } catch (IOException | RuntimeException e) {
            youTube.stop(0);
            threads.shutdownNow();
            throw e;
        }
    }

    /**
     * Starts a stand-in without videos on loopback, on a free port, with a temporary folder.
     *
     * @throws UncheckedIOException if no port is free, or keytool cannot make the certificate
     */
    public static YouTubeStandIn start() {
        return builder().start();
    }

    /** Returns a builder for a stand-in with another address, port, folder or rate than that of {@link #start()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the address of the proxy on this machine, such as {@code http://127.0.0.1:8118}. */
    public URI proxy() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    /** Returns the address of the proxy for SOCKS 5, such as {@code socks5://127.0.0.1:8118}. */
    public URI socksProxy() {
        return URI.create("socks5://127.0.0.1:" + proxy.port());
    }

    /** Returns the file with the authority's certificate, as PEM. Java and yt-dlp have to trust it. */
    public Path certificate() {
        return certificate.authority();
    }

    /** Adds a video, or replaces the one with the same id. The count of its failed requests starts again. */
    public void add(Video video) {
        catalogue.add(video);
    }

    /** Adds a playlist, or replaces the one with the same id. Its videos have to be added as well if they are to be played. */
    public void add(Playlist playlist) {
        catalogue.add(playlist);
    }

    /**
     * Returns the video with this id.
     *
     * @throws NoSuchElementException if the stand-in has no such video
     */
    public Video video(String id) {
        return catalogue
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("no video " + id))
                .video();
    }

    /**
     * Returns the last {@value RequestJournal#LIMIT} requests, oldest first, as {@code GET www.youtube.com/watch?v=…},
     * followed by a blank and the Range header if the request has one. A request for a player response has a second entry,
     * {@code PLAYER <client> <id>}. A refused request has the entry {@code REFUSED host:port}.
     */
    public List<String> requests() {
        return journal.requests();
    }

    /** Returns the requested hosts that are not YouTube's, as {@code host:port}. */
    public Set<String> refusedHosts() {
        return journal.refusedHosts();
    }

    /** Clears {@link #refusedHosts()}, after a test that requests other hosts on purpose. */
    public void forgetRefusedHosts() {
        journal.forgetRefusedHosts();
    }

    /**
     * Closes the proxy and the server, cuts off responses that are being sent, and deletes the temporary folder.
     *
     * @throws IllegalStateException if the threads have not ended after 10 seconds
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        proxy.close();
        threads.shutdownNow(); // interrupts the responses that wait on purpose
        youTube.stop(0);
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running after " + CLOSE_LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (temporaryFolder != null && Files.exists(temporaryFolder)) {
                delete(temporaryFolder);
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Collects the settings of a stand-in, and starts it. */
    public static final class Builder {

        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;
        private @Nullable Path folder;
        private long bytesPerSecond;
        private @Nullable String credentials;
        private final List<Video> videos = new ArrayList<>();
        private final List<Playlist> playlists = new ArrayList<>();

        private Builder() {}

        /** Sets the address that the proxy is bound to; the default is loopback. */
        public Builder address(InetAddress listen) {
            address = listen;
            return this;
        }

        /** Sets the port of the proxy; the default, 0, stands for a free one. */
        public Builder port(int listen) {
            port = listen;
            return this;
        }

        /**
         * Sets the folder that keeps the certificate; the default is a temporary folder, deleted by {@link
         * YouTubeStandIn#close()}.
         */
        public Builder folder(Path kept) {
            folder = kept;
            return this;
        }

        /**
         * Limits the rate of videos without their own limit, in bytes per second and connection; the default is unlimited,
         * 0.
         */
        public Builder rate(long limit) {
            bytesPerSecond = limit;
            return this;
        }

        /** Sets what the clients of the proxy have to send; the default is nothing. */
        public Builder credentials(String user, String password) {
            credentials = user + ":" + password;
            return this;
        }

        /** Adds videos before the first request, like {@link YouTubeStandIn#add(Video)}. */
        public Builder videos(Collection<Video> first) {
            videos.addAll(first);
            return this;
        }

        /** Adds playlists before the first request, like {@link YouTubeStandIn#add(Playlist)}. */
        public Builder playlists(Collection<Playlist> first) {
            playlists.addAll(first);
            return this;
        }

        /**
         * Starts the stand-in.
         *
         * @throws UncheckedIOException if the port is in use, or keytool cannot make the certificate
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
