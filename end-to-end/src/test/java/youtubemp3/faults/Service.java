package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of web or the worker, with its proxies to Redis and, if that is the broker, to RabbitMQ, and its log. */
final class Service implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final RedisProxy redis;
    private final @Nullable AmqpProxy rabbit;
    private final Path log;

    Service(Process process, RedisProxy redis, @Nullable AmqpProxy rabbit, Path log) {
        this.process = process;
        this.redis = redis;
        this.rabbit = rabbit;
        this.log = log;
    }

    /** The proxy to Redis. */
    RedisProxy redis() {
        return redis;
    }

    /** The proxy to RabbitMQ, which is the broker. */
    AmqpProxy rabbit() {
        return Objects.requireNonNull(rabbit);
    }

    /** From now on the worker gets no new job, no retry that is due, and no playlist. */
    void starve() {
        if (rabbit != null) {
            rabbit.starve();
        }
        redis.starve();
    }

    void feed() {
        redis.feed();
        if (rabbit != null) {
            rabbit.feed();
        }
    }

    /** Stops the next connection that reaches this command, on this side of it. */
    Breakpoint breakAt(KillPoint point, Side side) {
        return breakAt(point::is, side);
    }

    Breakpoint breakAt(Predicate<Request> what, Side side) {
        Breakpoint next = new Breakpoint(what, side);
        redis.breakAt(next);
        if (rabbit != null) {
            rabbit.breakAt(next);
        }
        return next;
    }

    private void closeProxies() {
        redis.close();
        if (rabbit != null) {
            rabbit.close();
        }
    }

    long pid() {
        return process.pid();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Service awaitStarted() {
        await(log.toString()).atMost(START_LIMIT).until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return log().contains("Started W");
        });
        return this;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
        closeProxies();
    }

    /** Sends SIGTERM and waits until the process has begun to stop. */
    void terminate() {
        signal(process.pid(), "TERM");
        await("the end to begin").atMost(STOP_LIMIT).until(() -> !process.isAlive() || isStopping());
    }

    void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("ended by SIGTERM")
                .isTrue();
        closeProxies();
    }

    /** SIGSTOP: suspends the process with its connections open. */
    void freeze() {
        signal(process.pid(), "STOP");
    }

    void thaw() {
        signal(process.pid(), "CONT");
    }

    static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Detects Spring Boot's shutdown thread; Linux truncates its name to 15 characters. */
    private boolean isStopping() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.anyMatch(thread -> {
                try {
                    return Files.readString(thread.resolve("comm")).startsWith("SpringApplicati");
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Override
    public void close() {
        thaw();
        kill();
    }
}
