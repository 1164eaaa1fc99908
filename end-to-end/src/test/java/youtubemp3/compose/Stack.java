package youtubemp3.compose;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
import youtubemp3.NewWish;
import youtubemp3.jobs.JobSettings.Broker;

/**
 * The containers of compose.yaml with a stand-in for YouTube, as a separate Compose project. It uses the
 * {@code docker} command.
 */
public final class Stack implements AutoCloseable {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LOGS = Path.of("target", "compose").toAbsolutePath();
    private static final List<String> DIRECTLY = List.of("compose.yaml", "docker/compose.test.yaml");
    private static final String PROXY = "docker/compose.proxy.yaml";
    private static final JsonMapper JSON = new JsonMapper();

    private final String project;
    private final Thread closeOnExit = new Thread(this::down);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> settings = new TreeMap<>();
    private List<String> files = DIRECTLY;
    private URI web;

    private Stack(String name) {
        project = "youtube-mp3-" + name + "-" + ProcessHandle.current().pid();
    }

    /** @throws AssertionError that names the remedy if there is no engine */
    static Stack create() {
        return create("test", Map.of());
    }

    /**
     * A stack with docker/compose.chaos.yaml.
     *
     * @param name distinguishes it from other stacks of this process
     * @param broker adds docker/compose.rabbitmq.yaml if it is RabbitMQ
     * @param settings the settings that differ from .env.example
     * @throws AssertionError that names the remedy if there is no engine
     */
    public static Stack forChaos(String name, Broker broker, Map<String, String> settings) {
        Stack stack = broker == Broker.REDIS ? create(name, settings) : createWithRabbitMq(name, settings);
        stack.files = with(stack.files, "docker/compose.chaos.yaml");
        return stack;
    }

    /**
     * A stack with docker/compose.rabbitmq.yaml.
     *
     * @throws AssertionError that names the remedy if there is no engine
     */
    static Stack withRabbitMq() {
        return createWithRabbitMq("rabbitmq", Map.of());
    }

    private static Stack createWithRabbitMq(String name, Map<String, String> settings) {
        Stack stack = create(name, settings);
        stack.files = with(DIRECTLY, "docker/compose.rabbitmq.yaml");
        stack.setUser("RABBITMQ", "rabbitmq");
        return stack;
    }

    private static Stack create(String name, Map<String, String> settings) {
        Stack stack = new Stack(name);
        try {
            Files.createDirectories(LOGS);
            stack.run(Duration.ofMinutes(1), List.of("docker", "version"));
            stack.run(Duration.ofMinutes(1), List.of("docker", "compose", "version"));
            stack.set();
            stack.settings.putAll(settings);
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
        // explicitly, since compose.test.yaml lacks this service; with the host's network, as for the others
        run(
                Duration.ofMinutes(30),
                List.of(("docker build --quiet --network host --target proxy --file docker/Dockerfile --tag " + project
                                + "-proxy .")
                        .split(" ")));
    }

    /** Starts the containers that are not running and waits until all are healthy. */
    public void up(int workers) {
        up("--no-recreate", "--scale", "converter-worker=" + workers);
    }

    /** Restarts the stack with docker/compose.proxy.yaml and one worker, on the same volumes. */
    void upBehindTheProxy() {
        compose("down");
        files = with(DIRECTLY, PROXY);
        settings.put("PROXY", "http://youtube-stand-in:8118");
        up("--scale", "converter-worker=1");
    }

    /** Changes a setting, and recreates the containers that it concerns. */
    void change(String setting, String value) {
        settings.put(setting, value);
        up();
    }

    private void up(String... arguments) {
        List<String> command = new ArrayList<>(List.of("up", "--detach", "--wait", "--no-build"));
        Collections.addAll(command, arguments);
        compose(Duration.ofMinutes(5), command.toArray(String[]::new));
        web = URI.create("http://" + compose("port", "web", "8080").strip() + "/");
    }

    /** Removes the stack; the logs of the containers are kept in target/compose. */
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
        if (!files.contains(PROXY)) {
            files = with(files, PROXY); // also removes the image of the proxy
        }
        compose(Duration.ofMinutes(3), "down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "5");
    }

    /** Submits a link to this video, again while YouTube cannot be asked: a machine that is busy with a start may take too long for it. */
    String submit(String video) {
        HttpRequest request = HttpRequest.newBuilder(web.resolve("submit"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(NewWish.json("https://youtu.be/" + video)))
                .build();
        HttpResponse<String> answer = await("a submission")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> client.send(request, BodyHandlers.ofString()),
                        response -> !response.body().contains("YOUTUBE_UNREACHABLE"));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).at("/data/filename").asString();
    }

    /** The status of a job. */
    JsonNode status(String job) {
        return JSON.readTree(new String(get("status/" + job), StandardCharsets.UTF_8));
    }

    /** Waits for the final status of a job. */
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
            containers.put(shortName(container.at("/Name").asString().substring(1)), container);
        }
        return containers;
    }

    /** The name of a container without the project's. */
    String shortName(String name) {
        return name.substring(project.length() + 1);
    }

    JsonNode network(String name) {
        return JSON.readTree(run(Duration.ofMinutes(1), List.of("docker", "network", "inspect", project + "_" + name)))
                .get(0);
    }

    /** The log of a container such as {@code converter-worker-2}. */
    public String said(String container) {
        return run(Duration.ofMinutes(1), List.of("docker", "logs", project + "-" + container));
    }

    /** The processes of a container with their command lines, as {@code ps} of the machine shows them. */
    String top(String container) {
        return run(Duration.ofMinutes(1), List.of("docker", "top", project + "-" + container));
    }

    /** The value of a setting in {@code .env}. */
    String setting(String name) {
        return settings.get(name);
    }

    /** Runs a shell command in a container, as the container's user. */
    public String exec(String container, String shell, String command) {
        return run(Duration.ofMinutes(1), List.of("docker", "exec", project + "-" + container, shell, "-c", command));
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
        files.forEach(file -> command.addAll(List.of("--file", file)));
        command.addAll(List.of("--progress", "plain"));
        Collections.addAll(command, arguments);
        return run(limit, command);
    }

    /** @throws AssertionError with the output, unless the command succeeds in time */
    String run(Duration limit, List<String> command) {
        try {
            // a file, which unlike a pipe need not be read while the command runs
            Path said = Files.createTempFile(LOGS, "command", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(settings);
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

    /** Sets the defaults of .env.example, regardless of the user's .env and environment, and a free loopback port. */
    private void set() throws IOException {
        for (String line : Files.readAllLines(ROOT.resolve(".env.example"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] setting = line.split("=", 2);
                settings.put(setting[0], setting[1]);
            }
        }
        settings.put("PORT", "127.0.0.1:0");
        // with characters that are special for Compose, a shell and Redis' configuration
        settings.put("REDIS_PASSWORD", "a \"password\\ of its' own");
        setUser("REDIS", "redis");
    }

    /** Sets the numbers of an image's user: .env.example applies to the public image, and a local one may have others. */
    private void setUser(String setting, String name) {
        String image = settings.get(setting + "_IMAGE");
        List<String> id = List.of("docker", "run", "--rm", "--network", "none", "--entrypoint", "id", image);
        String user = run(Duration.ofMinutes(5), with(id, "-u", name)).strip();
        String group = run(Duration.ofMinutes(5), with(id, "-g", name)).strip();
        settings.put(setting + "_USER", user + ":" + group);
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        Collections.addAll(all, arguments);
        return all;
    }
}
