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
 * What Compose would put around the services: a folder, ports, a Redis, cleanup, and for the demo a YouTube. They end in
 * the reverse order of their beginning.
 */
final class LocalInfrastructure implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalInfrastructure.class);

    private static final int LAST_PORT = 65_535;

    private final Map<String, Object> properties = new HashMap<>();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private @Nullable RedisServer redis;

    /** Until Spring takes over: preparing can take a while, and a ctrl-C is to leave nothing behind. */
    private final Thread closeOnExit = new Thread(this::close);

    private LocalInfrastructure() {
        Runtime.getRuntime().addShutdownHook(closeOnExit);
    }

    /** From now on somebody else closes this, in the order that is right for them. */
    void closedByOthers() {
        Runtime.getRuntime().removeShutdownHook(closeOnExit);
    }

    /**
     * @param environment {@code PORT} (8080), {@code MANAGEMENT_PORT} (the next one), {@code YOUTUBE_MP3_HOME} (the folder
     *     {@code data}), and what cleanup and the demo take from it
     * @throws CannotStartException when something of the machine stands in the way
     */
    static LocalInfrastructure prepare(boolean demo, Map<String, String> environment) {
        LocalInfrastructure surroundings = new LocalInfrastructure();
        try {
            surroundings.open(demo, environment);
            return surroundings;
        } catch (IOException e) {
            surroundings.close();
            throw new CannotStartException("Cannot use the folder for data: " + e);
        } catch (RuntimeException e) {
            surroundings.close();
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
                managementPort.orElseGet(() -> port < LAST_PORT && isFree(port + 1) ? port + 1 : 0));
        properties.put("youtubemp3.storage.folder", music.toString());
        // FINISH is remembered for as long as cleanup keeps the file
        String retention = environment.getOrDefault("RETENTION_MINUTES", "");
        if (!retention.isEmpty()) {
            properties.put("youtubemp3.jobs.keep-finished", retention + "m");
        }
        redis = opened(RedisServer.start(HomeFolder.inside(folder.resolve("redis")), folder.resolve("programs")));
        properties.putAll(redis.properties());
        opened(CleanupSchedule.start(music, environment));
        if (demo) {
            DemoYouTube youTube = opened(DemoYouTube.start(folder.resolve("youtube"), environment));
            properties.putAll(youTube.properties());
        }
    }

    /** Runs the action when something that the services rest on has ended by itself. */
    void onFailure(Runnable action) {
        Objects.requireNonNull(redis, "prepared").onFailure(action);
    }

    /** What the services need to know of all this, as Spring properties. */
    Map<String, Object> properties() {
        return properties;
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        toClose.push(part);
        return part;
    }

    /** Two at once in one folder would share a Redis file. */
    private void lock(Path folder) throws IOException {
        FileChannel channel =
                opened(FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        if (!isLocked(channel)) {
            throw new CannotStartException("Another youtube-mp3 uses the folder " + folder
                    + ". End that one, or choose another folder with YOUTUBE_MP3_HOME.");
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // by this very process, as in tests
            return false;
        }
    }

    private static Optional<Integer> port(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > LAST_PORT) {
            throw new CannotStartException(name + " is to be a port from 1 to 65535, but it is " + text + ".");
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
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                log.warn("Not closed well", e);
            }
        }
    }
}
