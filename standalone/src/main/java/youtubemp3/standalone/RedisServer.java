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
 * A real Redis as a child process: the machine's {@code redis-server}, else the one that embedded-redis brings. It listens on
 * loopback alone and keeps its append-only file in its folder, so that no job is lost when everything ends at once.
 *
 * <p>Every user of the machine can reach loopback. So there is one user, with a random password that is in no file, and it may
 * do no more than the product does: it cannot configure Redis, load modules or make it write files elsewhere.
 */
final class RedisServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);

    /** Loading the file of a full queue takes far less. */
    private static final long START_SECONDS = 30;

    private static final long STOP_SECONDS = 10;

    /** How many ports are tried: another program may take one before Redis does. */
    private static final int MAX_PORTS = 5;

    /** What Redis writes to its log when it listens, and what when it cannot; the same in all versions from 6.2 on. */
    private static final String LISTENS = "Ready to accept connections";

    private static final String PORT_IS_TAKEN = "Address already in use";

    private static final String USER = "youtube-mp3";

    /**
     * The user's access control list: the keys of docs/reference.md, the types of data that they have, scripts, and what a
     * client needs to connect. Redis counts INFO, which health reports read, among the dangerous commands.
     */
    private static final String ACCESS = "~ve_* ~vf_* ~job:* ~limit:* ~guesses:* ~{jobs}:*"
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
     * Answers commands when it returns.
     *
     * @param folder what Redis writes
     * @param programs where the embedded executable is unpacked, out of Redis' own reach
     */
    static RedisServer start(Path folder, Path programs) throws IOException {
        return start(
                folder, programs, executable("redis-server").filter(RedisServer::isNewEnough), RedisServer::freePort);
    }

    /** @param installed the machine's own executable; the embedded one is used without it */
    static RedisServer start(Path folder, Path programs, Optional<String> installed, Ports ports) throws IOException {
        Files.createDirectories(folder);
        endOrphan(folder);
        String executable = installed.orElseGet(() -> embedded(programs));
        for (int tries = 1; ; tries++) {
            RedisServer server = launch(folder, executable, ports.next());
            try {
                Files.writeString(pidFile(folder), identity(server.process.toHandle()));
                server.awaitAnswer();
                log.info("Redis: {} on port {}", executable, server.port);
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                if (tries == MAX_PORTS || !server.says(PORT_IS_TAKEN)) {
                    throw e;
                }
            }
        }
    }

    /** A port of loopback that is free as far as is known. */
    interface Ports {

        int next() throws IOException;
    }

    private static RedisServer launch(Path folder, String executable, int port) throws IOException {
        String password = UUID.randomUUID().toString();
        List<String> command = new ArrayList<>();
        // a ctrl-C at the terminal is for us alone: Redis must outlive the jobs that are handed back
        executable("setsid").ifPresent(command::add);
        // the configuration comes by standard input: other users can read a command line, and a file may be left behind
        command.addAll(List.of(executable, "-"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logFile(folder).toFile())
                .start();
        try (Writer configuration = process.outputWriter(StandardCharsets.UTF_8)) {
            configuration.write("""
                    bind 127.0.0.1
                    port %d
                    user default reset
                    user %s reset on >%s %s
                    dir "%s"
                    appendonly yes
                    appendfsync everysec
                    save ""
                    maxmemory-policy noeviction
                    """.formatted(port, USER, password, ACCESS, folder));
        } catch (IOException e) {
            // it has ended already, and its log says why
            log.debug("Redis does not read its configuration", e);
        }
        return new RedisServer(process, port, password, folder);
    }

    /** Earlier ones know no access control lists with everything that {@link #ACCESS} says. */
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
                log.info("{} is older than Redis 6.2; the built-in one is used", executable);
            }
            return enough;
        } catch (IOException e) {
            // starting it in earnest says what is wrong
            return true;
        }
    }

    /** Runs the action when Redis ends although this was not closed. */
    void onFailure(Runnable action) {
        process.onExit().thenRun(() -> {
            if (!closing) {
                log.error("Redis has ended by itself; what it said is in {}", logFile(folder));
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
     * The password leaves this process only after Redis has said that it listens: until then, another program may have the port.
     */
    private void awaitAnswer() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!says(LISTENS) || !answers()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new CannotStartException("Redis does not start. What it says is in " + logFile(folder)
                        + ". Where it is the built-in one, an installed redis-server, 6.2 or newer, is used instead.");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStartException("Interrupted while Redis was starting");
            }
        }
    }

    private boolean says(String text) throws IOException {
        // in any encoding: a folder's name may be in the log
        return Files.readString(logFile(folder), StandardCharsets.ISO_8859_1).contains(text);
    }

    /** While it loads its file it answers with an error. */
    private boolean answers() {
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
            // anew at each start: another user may have put a program there while the folder was open
            FileSystemUtils.deleteRecursively(programs);
            Files.createDirectories(programs);
            return ExecutableProvider.newJarResourceProvider(programs.toFile())
                    .get()
                    .getAbsolutePath();
        } catch (IOException e) {
            throw new CannotStartException(
                    "There is no redis-server on this machine, and the embedded one cannot be unpacked: "
                            + e.getMessage() + ". Install redis-server.");
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
