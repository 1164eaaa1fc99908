package youtubemp3.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The files of the stack work with Docker Engine 20.10 and Compose 2.20, which home servers still have. The lists below hold what is
 * used; before a key is added, its minimum version in Compose's documentation and the engine's API has to be checked.
 */
class ComposeFilesTest {

    private static final Path ROOT = Path.of("..");

    private static final Set<String> TOP = Set.of("name", "services", "networks", "volumes", "secrets");

    private static final Set<String> SERVICE = Set.of(
            "build",
            "cap_drop",
            "command",
            "cpu_quota",
            "cpu_shares",
            "depends_on",
            "deploy",
            "entrypoint",
            "environment",
            "healthcheck",
            "image",
            "init",
            "logging",
            "mem_limit",
            "network_mode",
            "networks",
            "pids_limit",
            "ports",
            "read_only",
            "restart",
            "secrets",
            "security_opt",
            "stop_grace_period",
            "tmpfs",
            "user",
            "volumes");

    private static final Map<String, Set<String>> WITHIN_A_SERVICE = Map.of(
            "build", Set.of("args", "context", "dockerfile", "network", "target"),
            "deploy", Set.of("replicas"),
            // start_interval needs Engine 25; older Compose ignores it, newer Compose refuses it on an older engine
            "healthcheck", Set.of("interval", "retries", "start_period", "test", "timeout"));

    /** Needs Compose 2.24.4, which docs/compose.md says: without it, web and worker would keep their way out. */
    private static final String WITH_OVERRIDE = "compose.proxy.yaml";

    static Stream<Path> files() throws IOException {
        try (Stream<Path> overlays = Files.list(ROOT.resolve("docker"))) {
            return Stream.concat(
                    Stream.of(ROOT.resolve("compose.yaml")),
                    overlays
                            .filter(file -> file.getFileName().toString().matches("compose\\..*\\.yaml"))
                            .sorted()
                            .toList()
                            .stream());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void composeFilesHaveOnlyKeysOfCompose220(Path file) throws IOException {
        Map<String, Object> stack = read(file);
        assertThat(stack.keySet()).filteredOn(key -> !key.startsWith("x-")).isSubsetOf(TOP);
        map(stack.get("services")).forEach((name, service) -> {
            assertThat(map(service).keySet()).as(name).isSubsetOf(SERVICE);
            WITHIN_A_SERVICE.forEach((key, known) ->
                    assertThat(map(map(service).get(key)).keySet()).as(name).isSubsetOf(known));
            if (map(service).get("depends_on") instanceof Map<?, ?> dependencies) {
                dependencies.values().forEach(one -> assertThat(map(one)).containsOnlyKeys("condition"));
            }
        });
    }

    @Test
    void theDockerfileNeedsOnlyTheBuilderOfEngine2010() throws IOException {
        List<String> steps = Files.readString(ROOT.resolve("docker/Dockerfile"))
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.matches("[A-Z]+ .*"))
                .toList();
        assertThat(steps).hasSizeGreaterThan(50);
        assertThat(steps).noneMatch(step -> step.contains("<<"));
        for (String step : steps) {
            List<String> known =
                    switch (step.replaceFirst(" .*", "")) {
                        case "COPY" -> List.of("--from");
                        case "RUN" -> List.of("--mount");
                        case "HEALTHCHECK" -> List.of("--interval", "--timeout", "--retries", "--start-period");
                        default -> List.of();
                    };
            String options = step.replaceFirst("^[A-Z]+ ((--\\S+\\s+)*).*", "$1");
            assertThat(Pattern.compile("--[a-z-]+").matcher(options).results())
                    .as(step)
                    .allSatisfy(flag -> assertThat(known).contains(flag.group()));
        }
    }

    /** An overlay cannot refer to compose.yaml, so it repeats what is said there about Redis. */
    @Test
    void withSentinelEveryRedisIsAsRestrictedAndAsDurableAsAlone() throws IOException {
        Map<String, Object> alone = new HashMap<>(service("compose.yaml", "redis"));
        List<?> settings = (List<?>) alone.remove("command");
        alone.keySet().removeAll(Set.of("volumes", "environment"));
        String overlay = "docker/compose.sentinel.yaml";
        for (String name : List.of("redis-2", "redis-3")) {
            assertThat(service(overlay, name)).as(name).containsAllEntriesOf(alone);
        }
        for (String name : List.of("redis", "redis-2", "redis-3")) {
            assertThat(strings(service(overlay, name).get("command")))
                    .as(name)
                    .containsSubsequence(strings(settings.subList(settings.indexOf("redis-server"), settings.size())));
        }
        alone.keySet().removeAll(Set.of("healthcheck", "mem_limit", "cpu_quota", "pids_limit", "stop_grace_period"));
        for (String name : List.of("sentinel-1", "sentinel-2", "sentinel-3")) {
            assertThat(service(overlay, name))
                    .as(name)
                    .containsAllEntriesOf(alone)
                    .containsKeys("healthcheck", "mem_limit", "cpu_quota", "pids_limit");
        }
    }

    private static Map<String, Object> service(String file, String name) throws IOException {
        return map(map(read(ROOT.resolve(file)).get("services")).get(name));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    static Map<String, Object> read(Path file) throws IOException {
        SafeConstructor constructor = new SafeConstructor(new LoaderOptions()) {
            {
                if (file.endsWith(WITH_OVERRIDE)) {
                    yamlConstructors.put(new Tag("!override"), yamlConstructors.get(Tag.SEQ));
                }
            }
        };
        return map(new Yaml(constructor).load(Files.readString(file)));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
