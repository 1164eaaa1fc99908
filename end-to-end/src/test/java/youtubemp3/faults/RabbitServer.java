package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static youtubemp3.faults.Docker.docker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A real RabbitMQ in a container. Its port and its data stay the same over a restart. */
final class RabbitServer implements AutoCloseable {

    private static final String IMAGE = "rabbitmq:4-management";
    private static final Duration START = Duration.ofMinutes(2);

    private final String container = "youtube-mp3-faults-" + UUID.randomUUID();
    private final int port;

    private RabbitServer(String... options) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        // also where a test has failed before it could close this
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        String[] create = {"create", "--name", container, "--publish", "127.0.0.1:" + port + ":5672"};
        docker(Stream.of(create, options, new String[] {IMAGE})
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    /** Starts a RabbitMQ of one node. */
    static RabbitServer start() throws IOException {
        RabbitServer server = new RabbitServer();
        server.restart();
        server.addUser();
        try (Connection connection = server.connect()) {
            connection
                    .createChannel()
                    .queueDeclare(AmqpProxy.EMPTY, true, false, false, Map.of("x-queue-type", "quorum"));
        }
        return server;
    }

    /** Creates a node of a cluster, without starting it. */
    static RabbitServer node(String... options) throws IOException {
        return new RabbitServer(options);
    }

    void addUser() {
        tell("add_user", "jobs", "jobs");
        tell("set_permissions", "jobs", ".*", ".*", ".*");
    }

    String container() {
        return container;
    }

    int port() {
        return port;
    }

    /** A connection without a proxy. */
    Connection connect() {
        ConnectionFactory connections = new ConnectionFactory();
        connections.setHost("127.0.0.1");
        connections.setPort(port);
        connections.setUsername("jobs");
        connections.setPassword("jobs");
        try {
            return connections.newConnection();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs {@code rabbitmqctl}. */
    String tell(String... arguments) {
        String[] exec = {"exec", container, "rabbitmqctl", "--quiet"};
        return docker(Stream.of(exec, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    /**
     * The number of jobs that wait in the queue or are held by a worker. It asks the queue itself, since what RabbitMQ lists is some
     * seconds old.
     */
    int jobs() {
        String said = tell("eval", """
                {ok, {_, Jobs}, _} = ra:leader_query({binary_to_atom(<<"%2F_jobs">>), node()},
                  fun rabbit_fifo:query_messages_total/1), Jobs.""");
        assertThat(said).containsOnlyDigits();
        return Integer.parseInt(said);
    }

    /** SIGKILL. */
    void kill() {
        docker("kill", container);
    }

    /** Starts it again after its end. */
    void restart() {
        docker("start", container);
        awaitStarted();
    }

    /** SIGTERM, after which it stops in order. */
    void stop() {
        docker("stop", container);
    }

    /** SIGSTOP: suspends it with its connections open. */
    void freeze() {
        docker("pause", container);
    }

    void thaw() {
        docker("unpause", container);
    }

    /** Waits until it answers a client, which is cheaper than to start one of its own programs again and again. */
    void awaitStarted() {
        await("rabbitmq-server").atMost(START).until(() -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
                return socket.getInputStream().read() >= 0;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        docker("rm", "--force", "--volumes", container);
    }
}
