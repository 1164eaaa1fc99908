package youtubemp3.standalone;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/**
 * Runs Redis as a child process: the installed {@code redis-server}, or else the one in embedded-redis. It listens only on loopback
 * and keeps an append-only file in its folder, so that jobs survive a crash of all processes.
 *
 * <p>Every user of the machine can reach loopback. So Redis has a single user, with a random password that is never written to a
 * file and with the permissions that the product needs: it cannot configure Redis, load modules or choose where Redis writes.
 */
final class RedisServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);

    /** Loading the append-only file of a full queue takes far less. */
    private static final long START_SECONDS = 30;

    private static final long STOP_SECONDS = 10;

    /** Several, since another program may take the free port before Redis does. */
    private static final int MAX_START_ATTEMPTS = 5;

    /** Log messages of Redis when it listens and when it cannot; they are the same in all versions since 6.2. */
    private static final String READY = "Ready to accept connections";

    private static final String PORT_TAKEN = "Address already in use";

    private static final String USER = "youtube-mp3";

    /**
     * The user's ACL rules (redis.io, "ACL"): the keys in docs/reference.md, commands for their data types, scripts, and those that
     * a client needs to connect. Redis counts INFO, which the health check uses, among the dangerous commands.
     */
    private static final String ACCESS = "~ve_* ~vf_* ~job:* ~playlist:* ~batch:* ~limit:* ~guesses:* ~{jobs}:*"
            + " ~????????-????-????-????-???????????? resetchannels"
            + " -@all +@connection +@string +@hash +@sortedset +@set +@stream +@keyspace +eval +evalsha +time -@dangerous +info";

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");

    private final Process process;
    private final int port;
    private final String password;
    private final Path folder;
    private volatile boolean closing;

    private RedisServer(Process process, int port, String password, Path folder) {
        this.process = process;
        this.port = port;
        this.password = password;
        this.folder = folder;
    }

    /**
     * Starts Redis and waits until it responds.
     *
     * @param folder where Redis writes
     * @param programs where the embedded executable is unpacked; Redis does not write there
     */
    static RedisServer start(Path folder, Path programs) throws IOException {
        return start(
                folder, programs, executable("redis-server").filter(RedisServer::isNewEnough), RedisServer::freePort);
    }

    /** @param installed the installed executable; if empty, the embedded one is used */
    static RedisServer start(Path folder, Path programs, Optional<String> installed, Ports ports) throws IOException {
        Files.createDirectories(folder);
        endOrphan(folder);
        String executable = installed.orElseGet(() -> embedded(programs));
        for (int attempt = 1; ; attempt++) {
            RedisServer server = launch(folder, executable, ports.next());
            try {
                Files.writeString(pidFile(folder), identity(server.process.toHandle()));
                server.awaitReady();
                log.info("Redis: {} on port {}", executable, server.port);
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                if (attempt == MAX_START_ATTEMPTS || !server.logContains(PORT_TAKEN)) {
                    throw e;
                }
            }
        }
    }

    /** Finds a loopback port that is free at the moment. */
    interface Ports {

        int next() throws IOException;
    }

    private static RedisServer launch(Path folder, String executable, int port) throws IOException {
        String password = UUID.randomUUID().toString();
        List<String> command = new ArrayList<>();
        // a session of its own, so that Ctrl-C at the terminal does not stop Redis before running jobs are requeued
        executable("setsid").ifPresent(command::add);
        // configured by standard input: other users can read a command line, and a file could be left behind
        command.addAll(List.of(executable, "-"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logFile(folder).toFile())
                .start();
        // The default user stays off. Redis 7.0 loads the append-only file with its rights, and leaves out what scripts
        // have written otherwise.
        try (Writer configuration = process.outputWriter(StandardCharsets.UTF_8)) {
            configuration.write("""
                    bind 127.0.0.1
                    port %d
                    user default reset ~* &* +@all
                    user %s reset on >%s %s
                    dir "%s"
                    appendonly yes
                    appendfsync everysec
                    save ""
                    maxmemory-policy noeviction
                    """.formatted(port, USER, password, ACCESS, folder));
        } catch (IOException e) {
            // Redis has already ended; its log has the reason
            log.debug("Redis did not read its configuration", e);
        }
        return new RedisServer(process, port, password, folder);
    }

    /** Whether the version is 6.2 or later, which supports all of {@link #ACCESS}. */
    private static boolean isNewEnough(String executable) {
        try {
            Process process = new ProcessBuilder(executable, "--version")
                    .redirectErrorStream(true)
                    .start();
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (!version.find()) {
                return true;
            }
            int major = Integer.parseInt(version.group(1));
            boolean enough = major > 6 || major == 6 && Integer.parseInt(version.group(2)) >= 2;
            if (!enough) {
                log.info("{} is older than Redis 6.2, so the embedded Redis is used", executable);
            }
            return enough;
        } catch (IOException e) {
            // the actual start reports the problem
            return true;
        }
    }

    /** Runs the action if Redis ends before this is closed. */
    void onFailure(Runnable action) {
        process.onExit().thenRun(() -> {
            if (!closing) {
                log.error("Redis has ended by itself; its log is {}", logFile(folder));
                action.run();
            }
        });
    }

    Map<String, Object> properties() {
        return Map.of(
                "spring.data.redis.host", "127.0.0.1",
                "spring.data.redis.port", port,
                "spring.data.redis.username", USER,
                "spring.data.redis.password", password);
    }

    /**
     * Sends the password only after Redis has logged that it listens: until then, the port may belong to another program.
     */
    private void awaitReady() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!logContains(READY) || !respondsToPing()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new CannotStartException("Redis does not start. Its log is " + logFile(folder)
                        + ". If the embedded Redis does not run here, install redis-server 6.2 or newer.");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStartException("Interrupted while Redis was starting");
            }
        }
    }

    private boolean logContains(String text) throws IOException {
        // Latin-1 decodes any bytes, and the log may contain a folder's name in any encoding
        return Files.readString(logFile(folder), StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Whether Redis responds to PING; it responds with an error while it loads its append-only file. */
    private boolean respondsToPing() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + USER + " " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String expected = "+OK\r\n+PONG\r\n";
            return new String(in.readNBytes(expected.length()), StandardCharsets.US_ASCII).equals(expected);
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends a Redis whose parent process was killed. The folder is locked, so no running product uses it. */
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

    /** Process id and start time, since the id alone may have been reused. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static Path pidFile(Path folder) {
        return folder.resolve("redis.pid");
    }

    private static Path logFile(Path folder) {
        return folder.resolve("redis.log");
    }

    private static Optional<String> executable(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String embedded(Path programs) {
        try {
            // unpacked at each start: another user may have replaced the program while the folder was accessible
            FileSystemUtils.deleteRecursively(programs);
            Files.createDirectories(programs);
            return ExecutableProvider.newJarResourceProvider(programs.toFile())
                    .get()
                    .getAbsolutePath();
        } catch (IOException e) {
            throw new CannotStartException("redis-server is not installed, and the embedded one cannot be unpacked: "
                    + e.getMessage() + ". Install redis-server 6.2 or newer.");
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        // on SIGTERM Redis flushes its append-only file
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
