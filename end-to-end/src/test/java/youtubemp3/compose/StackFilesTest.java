package youtubemp3.compose;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static youtubemp3.compose.ComposeFilesTest.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for {@code docker stack deploy}, which refuses some keys of Compose and ignores others. */
class StackFilesTest {

    private static final Path ROOT = Path.of("..");

    /** What {@code docker stack deploy} applies to a service, of the keys in use. */
    private static final Set<String> SERVICE = Set.of(
            "cap_drop",
            "command",
            "configs",
            "deploy",
            "entrypoint",
            "environment",
            "healthcheck",
            "hostname",
            "image",
            "init",
            "logging",
            "networks",
            "ports",
            "read_only",
            "secrets",
            "stop_grace_period",
            "user",
            "volumes");

    /**
     * Settings that come from a secret, from the proxy in front, or from an overlay of the operator's, and the path in the container of a
     * folder that may be missing.
     */
    private static final Set<String> DIFFERENT_IN_A_STACK = Set.of(
            "SPRING_DATA_REDIS_PASSWORD",
            "SERVER_TOMCAT_REMOTEIP_INTERNALPROXIES",
            "YOUTUBEMP3_LIMITS_CONNECTIONS",
            "YOUTUBEMP3_LIBRARY_FOLDER",
            "YOUTUBEMP3_WORKER_COOKIES",
            "YOUTUBEMP3_WORKER_PLUGINFOLDER");

    @ParameterizedTest
    @ValueSource(strings = {"stack.yaml", "stack.test.yaml"})
    void nothingInAStackIsRefusedOrIgnored(String file) throws IOException {
        services("docker/" + file)
                .forEach(
                        (name, service) -> assertThat(service.keySet()).as(name).isSubsetOf(SERVICE));
    }

    @Test
    void servicesHaveLimitsAndAnUnprivilegedUser() throws IOException {
        services("docker/stack.yaml").forEach((name, service) -> {
            assertThat(service).as(name).containsKeys("image", "user").containsEntry("read_only", true);
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            Map<String, Object> limits =
                    map(map(map(service.get("deploy")).get("resources")).get("limits"));
            assertThat(limits).as(name).containsOnlyKeys("memory", "cpus", "pids");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "converter-worker", "cleanup"})
    void aStackPassesTheSettingsThatComposePasses(String name) throws IOException {
        Map<String, Object> stack = map(services("docker/stack.yaml").get(name).get("environment"));
        map(services("compose.yaml").get(name).get("environment")).forEach((variable, value) -> {
            if (!DIFFERENT_IN_A_STACK.contains(variable)) {
                assertThat(stack).as(name).containsEntry(variable, value);
            }
        });
    }

    /** A node of the cluster has what the single RabbitMQ of docker/compose.rabbitmq.yaml has, and more. */
    @Test
    void everyRabbitMqIsConfiguredAlike() throws IOException {
        List<String> single = configuration("docker/compose.rabbitmq.yaml", "rabbitmq");
        assertThat(single).hasSizeGreaterThan(5);
        for (int node = 1; node <= 3; node++) {
            assertThat(configuration("docker/stack.yaml", "rabbitmq-" + node))
                    .containsAll(single)
                    .contains("cluster_formation.classic_config.nodes." + node + " = rabbit@rabbitmq-" + node);
        }
    }

    @Test
    @Tag("compose")
    void dockerAcceptsTheStack(@TempDir Path folder) throws Exception {
        Path said = folder.resolve("said");
        Process docker = new ProcessBuilder(
                        "docker",
                        "stack",
                        "config",
                        "--compose-file",
                        "docker/stack.yaml",
                        "--compose-file",
                        "docker/stack.test.yaml")
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(docker.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(said)).contains("rabbitmq-3").doesNotContainIgnoringCase("ignoring");
        assertThat(docker.exitValue()).isZero();
    }

    private static Map<String, Map<String, Object>> services(String file) throws IOException {
        return map(ComposeFilesTest.read(ROOT.resolve(file)).get("services")).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, service -> map(service.getValue())));
    }

    /** The lines of rabbitmq.conf and of the definitions, which the entry point writes. */
    private static List<String> configuration(String file, String name) throws IOException {
        Object entryPoint = services(file).get(name).get("entrypoint");
        return Stream.of(entryPoint.toString().split("\n"))
                .map(String::strip)
                .filter(line -> line.matches("[a-z_.\\d]+ = .*|\"(vhosts|permissions)\".*"))
                .toList();
    }
}
