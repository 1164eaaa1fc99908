package youtubemp3.jobs.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.json.JsonMapper;

/** A real RabbitMQ for tests, in a container. */
public final class RealRabbit implements AutoCloseable {

    /** How often queues publish their numbers, in ms; otherwise every 5 s. */
    private static final String FRESH_NUMBERS =
            "-rabbit quorum_tick_interval 100 -rabbit collect_statistics_interval 100";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final JsonMapper JSON = new JsonMapper();

    private static RealRabbit shared;

    private final RabbitMQContainer container = new RabbitMQContainer(DockerImageName.parse("rabbitmq:4-management"))
            .withEnv("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", FRESH_NUMBERS);

    private RealRabbit() {
        container.start();
    }

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
        return new RealRabbit();
    }

    public String host() {
        return container.getHost();
    }

    public int port() {
        return container.getAmqpPort();
    }

    /**
     * Runs {@code rabbitmqctl}.
     *
     * @return its output
     */
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

    /** The number of messages of a queue that were delivered and not acknowledged, as the management API has it. */
    public long unacknowledged(String queue) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(container.getHttpUrl() + "/api/queues/%2F/" + queue))
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

    /** Suspends the server with its connections open, like a machine that hangs. */
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    public void resume() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }
}
