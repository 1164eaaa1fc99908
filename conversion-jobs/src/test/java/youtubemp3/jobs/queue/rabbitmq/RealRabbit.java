package youtubemp3.jobs.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real RabbitMQ for tests: in a container if a Docker engine is running, or else a local {@code rabbitmq-server} on random ports.
 * The system property {@code youtubemp3.test.rabbitmq} ({@code docker} or {@code local}) selects one.
 */
public abstract class RealRabbit implements AutoCloseable {

    /** How often queues publish their numbers, in ms; otherwise every 5 s. */
    private static final String FRESH_NUMBERS =
            "-rabbit quorum_tick_interval 100 -rabbit collect_statistics_interval 100";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final JsonMapper JSON = new JsonMapper();

    private static RealRabbit shared;

    RealRabbit() {}

    /** The server that all tests of this JVM share. */
    public static synchronized RealRabbit shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** A new server, which the caller closes. */
    public static RealRabbit start() {
        String kind = System.getProperty("youtubemp3.test.rabbitmq", "any").toLowerCase(Locale.ROOT);
        if (!kind.equals("local") && DockerClientFactory.instance().isDockerAvailable()) {
            return new Container();
        }
        if (!kind.equals("docker") && Files.isExecutable(LocalServer.PROGRAMS.resolve("rabbitmq-server"))) {
            return new LocalServer();
        }
        throw new IllegalStateException(
                "These tests need a real RabbitMQ (" + kind + "): start a Docker engine, or install rabbitmq-server");
    }

    public abstract String host();

    public abstract int port();

    /**
     * Runs {@code rabbitmqctl}.
     *
     * @return its output
     */
    public abstract String control(String... arguments);

    /** The address of the management API. */
    protected abstract String api();

    /** The number of messages of a queue that were delivered and not acknowledged, as the management API has it. */
    public long unacknowledged(String queue) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api() + "/api/queues/%2F/" + queue))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("guest:guest".getBytes(UTF_8)))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            String answer = HTTP.send(request, BodyHandlers.ofString()).body();
            return JSON.readTree(answer).path("messages_unacknowledged").asLong(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public abstract void close();

    private static final class Container extends RealRabbit {

        private final RabbitMQContainer container = new RabbitMQContainer(
                        DockerImageName.parse("rabbitmq:4-management"))
                .withEnv("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", FRESH_NUMBERS);

        Container() {
            container.start();
        }

        @Override
        public String host() {
            return container.getHost();
        }

        @Override
        public int port() {
            return container.getAmqpPort();
        }

        @Override
        protected String api() {
            return container.getHttpUrl();
        }

        @Override
        public String control(String... arguments) {
            List<String> command = new ArrayList<>(List.of("rabbitmqctl"));
            command.addAll(List.of(arguments));
            try {
                ExecResult result = container.execInContainer(command.toArray(String[]::new));
                if (result.getExitCode() != 0) {
                    throw new IllegalStateException(command + ": " + result.getStdout() + result.getStderr());
                }
                return result.getStdout();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    /** Debian's package, run by this user rather than as a service, and only on the loopback interface. */
    private static final class LocalServer extends RealRabbit {

        /** The programs themselves: those on the path insist on Debian's own user and folders. */
        static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");

        private static final Duration START = Duration.ofSeconds(60);

        private final int port = freePort();
        private final int apiPort = freePort();
        private final Map<String, String> environment;
        private final Process server;

        LocalServer() {
            try {
                Path home = Files.createTempDirectory("rabbitmq");
                Path plugins = Files.writeString(home.resolve("plugins"), "[rabbitmq_management].");
                Path configuration = Files.writeString(
                        home.resolve("rabbitmq.conf"),
                        "management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = " + apiPort + "\n");
                environment = Map.ofEntries(
                        entry("HOME", home.toString()),
                        entry("RABBITMQ_NODENAME", "test" + port + "@localhost"),
                        entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                        entry("RABBITMQ_NODE_PORT", "" + port),
                        entry("RABBITMQ_DIST_PORT", "" + freePort()),
                        entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        entry("ERL_EPMD_PORT", "" + freePort()),
                        entry("RABBITMQ_MNESIA_BASE", home.resolve("data").toString()),
                        entry("RABBITMQ_LOG_BASE", home.resolve("log").toString()),
                        entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
                        entry("RABBITMQ_CONFIG_FILE", configuration.toString()),
                        entry(
                                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                                "-kernel inet_dist_use_interface {127,0,0,1} " + FRESH_NUMBERS));
                server = run(home.resolve("server.log"), "rabbitmq-server");
                awaitStart(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Process run(Path log, String... command) throws IOException {
            command[0] = PROGRAMS.resolve(command[0]).toString();
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return builder.redirectOutput(log.toFile()).start();
        }

        private void awaitStart(Path home) {
            long until = System.nanoTime() + START.toNanos();
            while (true) {
                try {
                    control("await_startup", "--timeout", "" + START.toSeconds());
                    return;
                } catch (IllegalStateException e) {
                    if (!server.isAlive() || System.nanoTime() > until) {
                        throw new IllegalStateException("rabbitmq-server did not start, see " + home, e);
                    }
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
        protected String api() {
            return "http://127.0.0.1:" + apiPort;
        }

        @Override
        public String control(String... arguments) {
            List<String> command = new ArrayList<>(List.of("rabbitmqctl"));
            command.addAll(List.of(arguments));
            try {
                Path output = Files.createTempFile("rabbitmqctl", ".log");
                Process process = run(output, command.toArray(String[]::new));
                boolean ended = process.waitFor(START.toSeconds(), TimeUnit.SECONDS);
                String text = Files.readString(output);
                Files.delete(output);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command + ": " + text);
                }
                return text;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly().onExit().join();
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
