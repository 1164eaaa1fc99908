package youtubemp3.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Two replicas of a Redis and three Sentinels, as local processes with the settings of docker/compose.sentinel.yaml. */
final class Sentinels implements AutoCloseable {

    /** The name of the master for Sentinel. */
    private static final String NAME = "redis";

    private final RedisServer master;
    private final List<RedisServer> replicas = new ArrayList<>();
    private final List<Process> sentinels = new ArrayList<>();
    private final Set<String> nodes = new HashSet<>();
    private final LettuceConnectionFactory connections;

    Sentinels(RedisServer master, Path folder) throws IOException {
        this.master = master;
        Map<String, List<String>> commands = commands();
        for (int i = 0; i < 2; i++) {
            RedisServer replica = new RedisServer(folder.resolve("replica-" + i));
            replica.tell("REPLICAOF", "127.0.0.1", "" + master.port());
            replicas.add(replica);
        }
        List<String> ofRedis = commands.get("x-redis");
        for (String setting : List.of("min-replicas-to-write", "min-replicas-max-lag")) {
            String value = ofRedis.get(ofRedis.indexOf("--" + setting) + 1);
            Stream.concat(Stream.of(master), replicas.stream())
                    .forEach(server -> server.tell("CONFIG", "SET", setting, value));
        }
        List<String> ofSentinel = commands.get("x-sentinel").stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith("sentinel down-after") || line.startsWith("sentinel failover-timeout"))
                .toList();
        for (int i = 0; i < 3; i++) {
            startSentinel(folder.resolve("sentinel-" + i + ".conf"), ofSentinel);
        }
        for (String node : nodes) {
            LettuceConnectionFactory sentinel = connect(Set.of(node));
            await("replicas and Sentinels of " + node)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> sentinel.getSentinelConnection().masters().stream()
                            .allMatch(known -> known.getNumberReplicas() == 2 && known.getNumberOtherSentinels() == 2));
            sentinel.destroy();
        }
        connections = connect(nodes);
    }

    /** The words of the commands in the overlay, by the name of their extension field. */
    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> commands() throws IOException {
        Map<String, Map<String, List<String>>> overlay = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("../docker/compose.sentinel.yaml")));
        return Map.of(
                "x-redis", overlay.get("x-redis").get("command"),
                "x-sentinel", overlay.get("x-sentinel").get("command"));
    }

    private void startSentinel(Path configuration, List<String> settings) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> lines = new ArrayList<>(List.of(
                "port " + port, "bind 127.0.0.1", "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2"));
        lines.addAll(settings);
        Files.write(configuration, lines);
        sentinels.add(new ProcessBuilder("redis-server", configuration.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(Path.of(configuration + ".log").toFile())
                .start());
        nodes.add("127.0.0.1:" + port);
    }

    private static LettuceConnectionFactory connect(Set<String> nodes) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisSentinelConfiguration(NAME, nodes));
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    /** The arguments with which web and workers find the master. */
    String[] settings() {
        return new String[] {
            "--spring.data.redis.sentinel.master=" + NAME,
            "--spring.data.redis.sentinel.nodes=" + String.join(",", nodes)
        };
    }

    /** A connection to the present master. */
    StringRedisTemplate template() {
        return new StringRedisTemplate(connections);
    }

    List<RedisServer> replicas() {
        return replicas;
    }

    @Override
    public void close() {
        connections.destroy();
        sentinels.forEach(sentinel -> sentinel.destroyForcibly().onExit().join());
        replicas.forEach(RedisServer::close);
    }
}
