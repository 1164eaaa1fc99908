package youtubemp3.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A real Redis with its append-only file, set up as in the stack. */
final class RedisServer implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final LettuceConnectionFactory connections;
    private Process process;

    RedisServer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        start();
        connections = new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
        connections.afterPropertiesSet();
        connections.start();
    }

    int port() {
        return port;
    }

    /** A connection without a proxy. */
    StringRedisTemplate template() {
        return new StringRedisTemplate(connections);
    }

    void start() {
        try {
            process = new ProcessBuilder(
                            "redis-server",
                            "--port",
                            "" + port,
                            "--bind",
                            "127.0.0.1",
                            "--appendonly",
                            "yes",
                            "--appendfsync",
                            "everysec",
                            "--save",
                            "",
                            "--maxmemory-policy",
                            "noeviction")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("install redis-server", e);
        }
        await("redis-server").atMost(Duration.ofSeconds(30)).until(() -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP: suspends the process with its connections open. */
    void freeze() {
        Service.signal(process.pid(), "STOP");
    }

    void thaw() {
        Service.signal(process.pid(), "CONT");
    }

    /** Any command. */
    void tell(String command, String... arguments) {
        byte[][] words = java.util.Arrays.stream(arguments)
                .map(word -> word.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        template().execute((RedisCallback<Object>) connection -> connection.execute(command, words));
    }

    @Override
    public void close() {
        connections.destroy();
        kill();
    }
}
