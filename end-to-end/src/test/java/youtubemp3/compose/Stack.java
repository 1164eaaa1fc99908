package youtubemp3.compose;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The containers of compose.yaml with a stand-in for YouTube, as a project of its own beside any other. Driven by the
 * {@code docker} command, as people do.
 */
public final class Stack implements AutoCloseable {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LOGS = Path.of("target", "compose").toAbsolutePath();
    private static final JsonMapper JSON = new JsonMapper();

    private final String project;
    private final List<String> overlays;
    private final Map<String, String> settings;
    private final Thread closeOnExit = new Thread(this::down);
    private final HttpClient client = HttpClient.newHttpClient();
    private URI web;

    private Stack(String name, List<String> overlays, Map<String, String> settings) {
        this.project = "youtube-mp3-" + name + "-" + ProcessHandle.current().pid();
        this.overlays = overlays;
        this.settings = settings;
    }

    /** @throws AssertionError that names the remedy if there is no engine */
    static Stack create() {
        return create("test", List.of(), Map.of());
    }

    /**
     * @param name tells it from others of this process, and names its log
     * @param overlays Compose files to go over docker/compose.test.yaml
     * @param settings that differ from those of .env.example
     * @throws AssertionError that names the remedy if there is no engine
     */
    public static Stack create(String name, List<String> overlays, Map<String, String> settings) {
        Stack stack = new Stack(name, overlays, settings);
        try {
            Files.createDirectories(LOGS);
            stack.run(Duration.ofMinutes(1), List.of("docker", "version"));
            stack.run(Duration.ofMinutes(1), List.of("docker", "compose", "version"));
        } catch (IOException | UncheckedIOException | AssertionError e) {
            throw new AssertionError(
                    "This test needs a Docker engine with Compose that answers the command `docker`; start one, and set"
                            + " DOCKER_HOST if it is not the usual one",
                    e);
        }
        return stack;
    }

    /** Builds the images. */
    public void build() {
        Runtime.getRuntime().addShutdownHook(closeOnExit);
        compose(Duration.ofMinutes(30), "build");
    }

    /** Starts what does not run yet, as many workers as said, and returns when all report themselves healthy. */
    public void up(int workers) {
        compose(
                Duration.ofMinutes(5),
                "up",
                "--detach",
                "--wait",
                "--no-build",
                "--no-recreate",
                "--scale",
                "converter-worker=" + workers);
        web = URI.create("http://" + compose("port", "web", "8080").strip() + "/");
    }

    /** Removes all of it; what the containers said stays in target/compose. */
    @Override
    public void close() {
        down();
        Runtime.getRuntime().removeShutdownHook(closeOnExit);
    }

    private void down() {
        try {
            Files.writeString(LOGS.resolve(project + ".log"), compose("logs", "--no-color", "--timestamps"));
        } catch (IOException | AssertionError e) {
            System.err.println("no logs: " + e);
        }
        compose(Duration.ofMinutes(3), "down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "5");
    }

    /** Submits a link to this video. */
    String submit(String video) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(web.resolve("submit"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"video_url\": \"https://youtu.be/" + video + "\"}"))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new AssertionError(answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body()).at("/data/filename").asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The status of a job as web tells it. */
    JsonNode status(String job) {
        return JSON.readTree(new String(get("status/" + job), StandardCharsets.UTF_8));
    }

    /** The status that the job ends with. */
    JsonNode end(String job, Duration limit) {
        return await(job)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> status(job),
                        status -> !status.at("/status").asString().equals("ONQUEUE"));
    }

    byte[] get(String path) {
        try {
            return client.send(HttpRequest.newBuilder(web.resolve(path)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The containers by name, as {@code docker inspect} describes them. */
    public Map<String, JsonNode> containers() {
        List<String> command = new ArrayList<>(List.of("docker", "inspect"));
        command.addAll(compose("ps", "--all", "--quiet").lines().toList());
        Map<String, JsonNode> containers = new TreeMap<>();
        for (JsonNode container : JSON.readTree(run(Duration.ofMinutes(1), command))) {
            containers.put(container.at("/Name").asString().substring(1 + project.length() + 1), container);
        }
        return containers;
    }

    JsonNode network(String name) {
        return JSON.readTree(run(Duration.ofMinutes(1), List.of("docker", "network", "inspect", project + "_" + name)))
                .get(0);
    }

    /** What a container has said, such as {@code converter-worker-2}. */
    public String said(String container) {
        return run(Duration.ofMinutes(1), List.of("docker", "logs", project + "-" + container));
    }

    /** Runs a bash command (a sh command in cleanup) in a container, as its user. */
    public String exec(String container, String shell, String command) {
        return run(Duration.ofMinutes(1), List.of("docker", "exec", project + "-" + container, shell, "-c", command));
    }

    /** The same as another user of the container. */
    public String exec(String user, String container, String shell, String command) {
        return run(
                Duration.ofMinutes(1),
                List.of("docker", "exec", "--user", user, project + "-" + container, shell, "-c", command));
    }

    /** The address of the page. */
    public URI web() {
        return web;
    }

    String compose(String... arguments) {
        return compose(Duration.ofMinutes(2), arguments);
    }

    private String compose(Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
        command.addAll(List.of("--file", "compose.yaml", "--file", "docker/compose.test.yaml"));
        overlays.forEach(overlay -> command.addAll(List.of("--file", overlay)));
        command.addAll(List.of("--progress", "plain"));
        Collections.addAll(command, arguments);
        return run(limit, command);
    }

    /** @throws AssertionError with what it said, unless the command ends well in time */
    public String run(Duration limit, List<String> command) {
        try {
            // a file, so that nobody has to drain a pipe while the limit runs
            Path said = Files.createTempFile(LOGS, "command", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(settings());
            Process process = builder.start();
            boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String output = Files.readString(said);
            Files.delete(said);
            if (!inTime || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + (inTime ? " failed" : " took too long") + ":\n"
                        + output.substring(Math.max(0, output.length() - 10_000)));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Those of .env.example, whatever the user's .env or environment says; and a free port of loopback. */
    private Map<String, String> settings() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve(".env.example"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] setting = line.split("=", 2);
                all.put(setting[0], setting[1]);
            }
        }
        all.put("PORT", "127.0.0.1:0");
        all.put("REDIS_PASSWORD", "a password of its own");
        all.putAll(settings);
        return all;
    }
}
