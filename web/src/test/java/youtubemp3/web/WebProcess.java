package youtubemp3.web;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import youtubemp3.jobs.redis.RealRedis;

/** web as a process of its own, with the memory that it has in its container. */
public final class WebProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Path log;
    private final Process process;
    private int port;
    private int managementPort;

    private WebProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** Started and ready. */
    public static WebProcess start(RealRedis redis, String... arguments) throws IOException {
        Path folder = Files.createTempDirectory("web-process");
        Path log = folder.resolve("web.log");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // as in docker/Dockerfile
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath,
                WebApplication.class.getName(),
                "--server.port=0",
                "--management.server.port=0",
                "--spring.data.redis.host=" + redis.host(),
                "--spring.data.redis.port=" + redis.port()));
        command.addAll(List.of(arguments));
        WebProcess web = new WebProcess(
                log,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
        try {
            web.awaitPorts();
        } catch (RuntimeException e) {
            web.close();
            throw new IllegalStateException(web.log(), e);
        }
        return web;
    }

    private void awaitPorts() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            List<Integer> ports = PORT.matcher(log())
                    .results()
                    .map((MatchResult match) -> Integer.valueOf(match.group(1)))
                    .toList();
            if (!isAlive()) {
                throw new IllegalStateException("it ended");
            }
            if (ports.size() < 2) {
                return false;
            }
            port = ports.get(0);
            managementPort = ports.get(1);
            return true;
        });
    }

    public int port() {
        return port;
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Tells it to end, as an update does. */
    public CompletableFuture<Process> stop() {
        process.destroy();
        return process.onExit();
    }

    /** All that it has written. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
