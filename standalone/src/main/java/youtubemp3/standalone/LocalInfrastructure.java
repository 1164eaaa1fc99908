package youtubemp3.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides what Compose provides to the containers: a data folder, ports, Redis, cleanup, and YouTube's stand-in for the demo.
 * Closing stops them in reverse order.
 */
final class LocalInfrastructure implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalInfrastructure.class);

    private static final int MAX_PORT = 65_535;

    private final Map<String, Object> properties = new HashMap<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private @Nullable RedisServer redis;

    /** Stops all parts on Ctrl-C until Spring's shutdown hook takes over. */
    private final Thread closeOnExit = new Thread(this::close);

    private LocalInfrastructure() {
        Runtime.getRuntime().addShutdownHook(closeOnExit);
    }

    /** Removes this object's shutdown hook. From now on the caller closes it. */
    void releaseShutdownHook() {
        Runtime.getRuntime().removeShutdownHook(closeOnExit);
    }

    /**
     * Starts all parts.
     *
     * @param environment may contain {@code PORT} (8080 by default), {@code MANAGEMENT_PORT} (the next port), {@code
     *     YOUTUBE_MP3_HOME} (the folder {@code data}), and the variables of {@link CleanupSchedule} and {@link DemoYouTube}
     * @throws CannotStartException when a part cannot be started on this machine
     */
    static LocalInfrastructure prepare(boolean demo, Map<String, String> environment) {
        LocalInfrastructure infrastructure = new LocalInfrastructure();
        try {
            infrastructure.open(demo, environment);
            return infrastructure;
        } catch (IOException e) {
            infrastructure.close();
            throw new CannotStartException("Cannot use the folder for data: " + e);
        } catch (RuntimeException e) {
            infrastructure.close();
            throw e;
        }
    }

    private void open(boolean demo, Map<String, String> environment) throws IOException {
        int port = port(environment, "PORT").orElse(8080);
        requireFree(port, "PORT");
        Optional<Integer> managementPort = port(environment, "MANAGEMENT_PORT");
        if (managementPort.isPresent()) {
            requireFree(managementPort.get(), "MANAGEMENT_PORT");
        }
        Path home =
                Path.of(environment.getOrDefault("YOUTUBE_MP3_HOME", "data")).toAbsolutePath();
        HomeFolder.makePrivate(home);
        Path folder = HomeFolder.inside(demo ? home.resolve("demo") : home);
        Path music = HomeFolder.inside(folder.resolve("music"));
        lock(folder);
        log.info("All data and files are in {}", folder);

        properties.put("server.port", port);
        properties.put(
                "management.server.port",
                managementPort.orElseGet(() -> port < MAX_PORT && isFree(port + 1) ? port + 1 : 0));
        properties.put("youtubemp3.storage.folder", music.toString());
        // FINISH is kept as long as cleanup keeps the file
        String retention = environment.getOrDefault("RETENTION_MINUTES", "");
        if (!retention.isEmpty()) {
            properties.put("youtubemp3.jobs.keep-finished", retention + "m");
        }
        redis = register(RedisServer.start(HomeFolder.inside(folder.resolve("redis")), folder.resolve("programs")));
        properties.putAll(redis.properties());
        register(CleanupSchedule.start(music, environment));
        if (demo) {
            DemoYouTube youTube = register(DemoYouTube.start(folder.resolve("youtube"), environment));
            properties.putAll(youTube.properties());
        }
    }

    /** Runs the action if Redis ends unexpectedly. */
    void onFailure(Runnable action) {
        Objects.requireNonNull(redis, "prepared").onFailure(action);
    }

    /** The Spring properties that configure the services for these parts. */
    Map<String, Object> properties() {
        return properties;
    }

    private synchronized <T extends AutoCloseable> T register(T part) {
        resources.push(part);
        return part;
    }

    /** Locks the folder, since two processes must not share a Redis file. */
    private void lock(Path folder) throws IOException {
        FileChannel channel =
                register(FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        if (!isLocked(channel)) {
            throw new CannotStartException("Another youtube-mp3 uses the folder " + folder
                    + ". End that one, or choose another folder with YOUTUBE_MP3_HOME.");
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // this process already holds the lock, as in tests
            return false;
        }
    }

    private static Optional<Integer> port(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MAX_PORT) {
            throw new CannotStartException(name + " must be a port from 1 to 65535, but it is " + text + ".");
        }
        return Optional.of(Integer.parseInt(text));
    }

    private static void requireFree(int port, String name) {
        if (!isFree(port)) {
            throw new CannotStartException("Port " + port + " is taken by another program. Choose another one, as in: "
                    + name + "=8090 ./start");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                log.warn("A part of the product could not be stopped", e);
            }
        }
    }
}
