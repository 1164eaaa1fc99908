package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of web or the worker, with its proxy to Redis and its log. */
final class Service implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final RedisProxy proxy;
    private final Path log;

    Service(Process process, RedisProxy proxy, Path log) {
        this.process = process;
        this.proxy = proxy;
        this.log = log;
    }

    RedisProxy proxy() {
        return proxy;
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
        proxy.close();
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
        proxy.close();
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
