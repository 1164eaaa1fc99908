package youtubemp3.standalone;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis as a child process: the machine's {@code redis-server}, else the one that embedded-redis brings. It listens on
 * loopback alone, under a password of its own, and keeps its append-only file in the folder, so that no job is lost when
 * everything ends at once.
 */
final class RedisServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);

    /** Loading the file of a full queue takes far less. */
    private static final long START_SECONDS = 30;

    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final int port;
    private final String password;
    private final Path folder;

    private RedisServer(Process process, int port, String password, Path folder) {
        this.process = process;
        this.port = port;
        this.password = password;
        this.folder = folder;
    }

    /** Answers commands when it returns. */
    static RedisServer start(Path folder) throws IOException {
        return start(folder, executable("redis-server"));
    }

    /** @param installed the machine's own executable; the embedded one is used without it */
    static RedisServer start(Path folder, Optional<String> installed) throws IOException {
        Files.createDirectories(folder);
        endOrphan(folder);
        String executable = installed.orElseGet(() -> embedded(folder));
        int port = freePort();
        String password = UUID.randomUUID().toString();
        // in a file, since a command line can be read by everybody on the machine
        Path configuration = folder.resolve("redis.conf");
        Files.deleteIfExists(configuration);
        Files.createFile(configuration);
        configuration.toFile().setReadable(false, false);
        configuration.toFile().setReadable(true, true);
        Files.writeString(configuration, """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory-policy noeviction
                """.formatted(port, password, folder));
        List<String> command = new ArrayList<>();
        // a ctrl-C at the terminal is for us alone: Redis must outlive the jobs that are handed back
        executable("setsid").ifPresent(command::add);
        command.addAll(List.of(executable, configuration.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        RedisServer server = new RedisServer(process, port, password, folder);
        try {
            Files.writeString(pidFile(folder), identity(process.toHandle()));
            server.awaitAnswer();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        log.info("Redis: {} on port {}", executable, port);
        return server;
    }

    Map<String, Object> properties() {
        return Map.of(
                "spring.data.redis.host", "127.0.0.1",
                "spring.data.redis.port", port,
                "spring.data.redis.password", password);
    }

    private void awaitAnswer() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new CannotStartException(
                        "Redis does not start. What it says is in " + folder.resolve("redis.log"));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStartException("Interrupted while Redis was starting");
            }
        }
    }

    /** While it loads its file it answers with an error. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String expected = "+OK\r\n+PONG\r\n";
            return new String(in.readNBytes(expected.length()), StandardCharsets.US_ASCII).equals(expected);
        } catch (IOException e) {
            return false;
        }
    }

    /** One whose parent was killed before it could end it. The folder is locked, so nobody else's. */
    private static void endOrphan(Path folder) throws IOException {
        if (!Files.exists(pidFile(folder))) {
            return;
        }
        String identity = Files.readString(pidFile(folder)).strip();
        Optional<ProcessHandle> orphan = ProcessHandle.allProcesses()
                .filter(handle -> identity(handle).equals(identity))
                .findFirst();
        if (orphan.isPresent()) {
            log.info("Ending the Redis that an earlier start left behind");
            orphan.get().destroy();
            orphan.get().onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /** The number alone may be another's by now. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static Path pidFile(Path folder) {
        return folder.resolve("redis.pid");
    }

    private static Optional<String> executable(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String embedded(Path folder) {
        Path unpacked = folder.resolve("embedded");
        try {
            if (Files.isDirectory(unpacked)) {
                try (Stream<Path> files = Files.list(unpacked)) {
                    Optional<Path> before = files.filter(Files::isExecutable).findFirst();
                    if (before.isPresent()) {
                        return before.get().toString();
                    }
                }
            }
            Files.createDirectories(unpacked);
            return ExecutableProvider.newJarResourceProvider(unpacked.toFile())
                    .get()
                    .getAbsolutePath();
        } catch (IOException e) {
            throw new CannotStartException(
                    "There is no redis-server on this machine, and the embedded one cannot be unpacked: "
                            + e.getMessage() + ". Install redis-server.");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        // SIGTERM: Redis writes what it holds, and ends
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(pidFile(folder));
    }
}
