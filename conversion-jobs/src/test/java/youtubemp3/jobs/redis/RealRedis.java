package youtubemp3.jobs.redis;

import com.redis.testcontainers.RedisContainer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Redis for tests: in a container if a Docker engine is running, or else a local {@code redis-server} on a random port.
 * The system property {@code youtubemp3.test.redis} ({@code docker} or {@code local}) selects one, and
 * {@code youtubemp3.test.redis.image} the image of the container, such as Valkey's.
 */
public abstract class RealRedis implements AutoCloseable {

    private static RealRedis shared;

    RealRedis() {}

    /** The server that all tests of this JVM share, emptied. */
    public static synchronized RealRedis shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        shared.flush();
        return shared;
    }

    /** A new server, which the caller closes. */
    public static RealRedis start() {
        String kind = System.getProperty("youtubemp3.test.redis", "any").toLowerCase(Locale.ROOT);
        if (!kind.equals("local") && DockerClientFactory.instance().isDockerAvailable()) {
            return new Container();
        }
        if (!kind.equals("docker") && executable() != null) {
            return new LocalServer(executable());
        }
        throw new IllegalStateException(
                "These tests need a real Redis (" + kind + "): start a Docker engine, or install redis-server");
    }

    public abstract String host();

    public abstract int port();

    /** Suspends the server with its connections open, like a machine that hangs. */
    public abstract void pause();

    public abstract void resume();

    @Override
    public abstract void close();

    /** A new connection, which the caller destroys. */
    public LettuceConnectionFactory connect() {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(host(), port());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private void flush() {
        LettuceConnectionFactory connections = connect();
        try {
            new StringRedisTemplate(connections)
                    .execute((org.springframework.data.redis.core.RedisCallback<Void>) c -> {
                        c.serverCommands().flushAll();
                        return null;
                    });
        } finally {
            connections.destroy();
        }
    }

    private static Path executable() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static final class Container extends RealRedis {

        private final RedisContainer container =
                new RedisContainer(DockerImageName.parse(System.getProperty("youtubemp3.test.redis.image", "redis:8")));

        Container() {
            container.start();
        }

        @Override
        public String host() {
            return container.getHost();
        }

        @Override
        public int port() {
            return container.getFirstMappedPort();
        }

        @Override
        public void pause() {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void resume() {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    private static final class LocalServer extends RealRedis {

        private final int port;
        private final Process process;

        LocalServer(Path executable) {
            try {
                port = freePort();
                Path folder = Files.createTempDirectory("redis");
                process = new ProcessBuilder(
                                executable.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("redis.log").toFile())
                        .start();
                awaitAnswer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void awaitAnswer() throws IOException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (true) {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    return;
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > until) {
                        throw new IOException("redis-server did not start", e);
                    }
                    Thread.onSpinWait();
                }
            }
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public void pause() {
            signal("STOP");
        }

        @Override
        public void resume() {
            signal("CONT");
        }

        private void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }
}
