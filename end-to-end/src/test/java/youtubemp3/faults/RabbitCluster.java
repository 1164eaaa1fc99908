package youtubemp3.faults;

import static org.awaitility.Awaitility.await;
import static youtubemp3.faults.Docker.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A cluster of three RabbitMQ nodes. They have a network among themselves, apart from that of their clients. */
final class RabbitCluster implements AutoCloseable {

    private static final int SIZE = 3;

    private static final String SETTINGS = """
            cluster_formation.peer_discovery_backend = classic_config
            cluster_formation.classic_config.nodes.1 = rabbit@rabbit1
            cluster_formation.classic_config.nodes.2 = rabbit@rabbit2
            cluster_formation.classic_config.nodes.3 = rabbit@rabbit3
            cluster_partition_handling = pause_minority
            quorum_queue.continuous_membership_reconciliation.enabled = true
            quorum_queue.continuous_membership_reconciliation.target_group_size = 3
            """;

    /** What Spring logs of a connection that does not publish. */
    private static final Pattern CONNECTION =
            Pattern.compile("Created new connection: rabbitConnectionFactory#.*127\\.0\\.0\\.1:(\\d+)/");

    private final String network = "youtube-mp3-cluster-" + UUID.randomUUID();
    private final List<RabbitServer> nodes = new ArrayList<>();

    RabbitCluster() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        docker("network", "create", "--internal", network);
        Path settings = Files.writeString(Files.createTempFile("cluster", ".conf"), SETTINGS);
        // readable for the user of the container
        settings.toFile().setReadable(true, false);
        for (int i = 0; i < SIZE; i++) {
            RabbitServer node = RabbitServer.node(
                    "--hostname",
                    name(i),
                    "--env",
                    "RABBITMQ_ERLANG_COOKIE=of this test",
                    "--env",
                    // a node that is silent for this time counts as down
                    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel net_ticktime 5");
            nodes.add(node);
            docker("cp", settings.toString(), node.container() + ":/etc/rabbitmq/conf.d/20-cluster.conf");
            reconnect(i);
        }
        Files.delete(settings);
        nodes.forEach(node -> docker("start", node.container()));
        nodes.forEach(RabbitServer::awaitStarted);
        awaitComplete();
        node(0).addUser();
    }

    private static String name(int node) {
        return "rabbit" + (node + 1);
    }

    RabbitServer node(int number) {
        return nodes.get(number);
    }

    /** The addresses of all nodes, this one first, as a setting of a service. */
    String addresses(int first) {
        List<RabbitServer> order = new ArrayList<>(nodes);
        Collections.rotate(order, -first);
        return "--spring.rabbitmq.addresses="
                + order.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    /** The number of the node that leads the queue. */
    int leader() {
        String said = node(0).tell("eval", """
                {ok, _, {_, Leader}} = ra:members({binary_to_atom(<<"%2F_jobs">>), node()}), Leader.""");
        return Integer.parseInt(said.replaceFirst("(?s).*rabbit@rabbit(\\d).*", "$1")) - 1;
    }

    /** The number of the node from which a worker takes jobs, as the last words on that in its log say. */
    int nodeOf(Service worker) {
        Matcher connection = CONNECTION.matcher(worker.log());
        int port = 0;
        while (connection.find()) {
            port = Integer.parseInt(connection.group(1));
        }
        return nodes.stream().map(RabbitServer::port).toList().indexOf(port);
    }

    /** Cuts a node off from the others, but not from its clients. */
    void disconnect(int node) {
        docker("network", "disconnect", network, node(node).container());
    }

    void reconnect(int node) {
        docker("network", "connect", "--alias", name(node), network, node(node).container());
    }

    /** Waits until all nodes are there and have a copy of the queue again. */
    void awaitComplete() {
        await("a complete cluster")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    try {
                        return node(0).tell("eval", "length(rabbit_nodes:list_running()).")
                                .equals("" + SIZE);
                    } catch (AssertionError e) {
                        return false;
                    }
                });
    }

    @Override
    public void close() {
        nodes.forEach(RabbitServer::close);
        docker("network", "rm", "--force", network);
    }
}
