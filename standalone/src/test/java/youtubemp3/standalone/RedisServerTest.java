package youtubemp3.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

@Timeout(60)
class RedisServerTest {

    private static final Optional<String> EMBEDDED = Optional.empty();

    @TempDir
    private Path folder;

    private static LettuceConnectionFactory connect(RedisServer server) {
        RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(
                "127.0.0.1", (int) server.properties().get("spring.data.redis.port"));
        configuration.setUsername((String) server.properties().get("spring.data.redis.username"));
        configuration.setPassword((String) server.properties().get("spring.data.redis.password"));
        LettuceConnectionFactory connection = new LettuceConnectionFactory(configuration);
        connection.afterPropertiesSet();
        connection.start();
        return connection;
    }

    @Test
    void theEmbeddedRedisKeepsItsData() throws Exception {
        try (RedisServer server = start(EMBEDDED)) {
            LettuceConnectionFactory connection = connect(server);
            new StringRedisTemplate(connection).opsForValue().set("ve_demo0000001", "kept");
            connection.destroy();
        }
        try (RedisServer server = start(EMBEDDED)) {
            LettuceConnectionFactory connection = connect(server);
            assertThat(new StringRedisTemplate(connection).opsForValue().get("ve_demo0000001"))
                    .isEqualTo("kept");
            connection.destroy();
        }
    }

    /** What a script writes is a transaction in the append-only file, which Redis 7.0 loads with the rights of the default user. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatAScriptHasWritten(boolean embedded) throws Exception {
        List<String> keys = List.of("ve_demo0000001", "ve_demo0000002");
        try (RedisServer server = embedded ? start(EMBEDDED) : RedisServer.start(redis(), programs())) {
            LettuceConnectionFactory connection = connect(server);
            new StringRedisTemplate(connection)
                    .execute(RedisScript.of("for _, key in ipairs(KEYS) do redis.call('SET', key, 'kept') end"), keys);
            connection.destroy();
        }
        try (RedisServer server = embedded ? start(EMBEDDED) : RedisServer.start(redis(), programs())) {
            LettuceConnectionFactory connection = connect(server);
            assertThat(new StringRedisTemplate(connection).opsForValue().multiGet(keys))
                    .containsExactly("kept", "kept");
            connection.destroy();
        }
    }

    @Test
    void rejectsClientsWithoutThePassword() throws Exception {
        try (RedisServer server = RedisServer.start(redis(), programs())) {
            LettuceConnectionFactory stranger = new LettuceConnectionFactory(
                    "127.0.0.1", (int) server.properties().get("spring.data.redis.port"));
            stranger.afterPropertiesSet();
            stranger.start();
            assertThatThrownBy(() ->
                            new StringRedisTemplate(stranger).opsForValue().get("key"))
                    .hasStackTraceContaining("NOAUTH");
            stranger.destroy();
        }
    }

    @Test
    void thePasswordIsInNoFileAndNoCommandLine() throws Exception {
        try (RedisServer server = RedisServer.start(redis(), programs())) {
            String password = (String) server.properties().get("spring.data.redis.password");
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile).toList())
                        .isNotEmpty()
                        .noneMatch(file -> has(file, password));
            }
            Process ps = new ProcessBuilder("ps", "-eo", "args").start();
            assertThat(ps.inputReader().lines().toList())
                    .anyMatch(line -> line.contains("redis-server 127.0.0.1"))
                    .noneMatch(line -> line.contains(password));
        }
    }

    private static boolean has(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientsCannotMakeRedisWriteOtherFilesOrRunCode(boolean embedded) throws Exception {
        try (RedisServer server = embedded ? start(EMBEDDED) : RedisServer.start(redis(), programs())) {
            LettuceConnectionFactory connection = connect(server);
            for (String command : List.of(
                    "CONFIG SET dir " + folder,
                    "CONFIG GET *",
                    "MODULE LIST",
                    "SAVE",
                    "BGSAVE",
                    "BGREWRITEAOF",
                    "REPLICAOF 127.0.0.1 1",
                    "MIGRATE 127.0.0.1 1 ve_x 0 1",
                    "ACL LIST",
                    "SHUTDOWN NOSAVE",
                    "FLUSHALL",
                    "KEYS *",
                    "MONITOR",
                    "SCRIPT FLUSH",
                    "CLIENT LIST",
                    "SWAPDB 0 1",
                    "PUBLISH a b",
                    "SET another_key x",
                    "GET another_key")) {
                String[] words = command.split(" ");
                byte[][] arguments =
                        Arrays.stream(words).skip(1).map(String::getBytes).toArray(byte[][]::new);
                assertThatThrownBy(() -> new StringRedisTemplate(connection)
                                .execute((RedisCallback<?>) redis -> redis.execute(words[0], arguments)))
                        .as(command)
                        .hasStackTraceContaining("NOPERM");
            }
            connection.destroy();
        }
    }

    @Test
    void aReplacedEmbeddedExecutableIsNotRun() throws Exception {
        Path planted = Files.createDirectories(programs()).resolve("a-redis-server");
        Files.writeString(planted, "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        assertThat(planted.toFile().setExecutable(true)).isTrue();
        start(EMBEDDED).close();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** Another user's program may take the port between its choice and Redis' start. */
    @Test
    void aProgramThatHasTakenThePortReceivesNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Iterator<Integer> ports =
                    List.of(taken.getLocalPort(), RedisServer.freePort()).iterator();
            try (RedisServer server = RedisServer.start(redis(), programs(), EMBEDDED, ports::next)) {
                assertThat(server.properties().get("spring.data.redis.port")).isNotEqualTo(taken.getLocalPort());
            }
            // a connection would be in the backlog
            taken.setSoTimeout(1);
            assertThatThrownBy(taken::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void reportsAnUnexpectedEnd() throws Exception {
        CompletableFuture<Void> told = new CompletableFuture<>();
        try (RedisServer server = RedisServer.start(redis(), programs())) {
            server.onFailure(() -> told.complete(null));
            ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
            assertThat(told).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void doesNotReportAnIntendedEnd() throws Exception {
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletableFuture<ProcessHandle> ended;
        try (RedisServer server = RedisServer.start(redis(), programs())) {
            ended = ProcessHandle.of(pid()).orElseThrow().onExit();
            server.onFailure(() -> told.complete(null));
        }
        assertThat(ended).succeedsWithin(Duration.ofSeconds(30));
        assertThat(told).isNotDone();
    }

    private RedisServer start(Optional<String> installed) throws IOException {
        return RedisServer.start(redis(), programs(), installed, RedisServer::freePort);
    }

    private Path redis() {
        return folder.resolve("redis");
    }

    private Path programs() {
        return folder.resolve("programs");
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(redis().resolve("redis.pid")).split(" ")[0]);
    }

    @Test
    void endsARedisThatWasLeftBehind() throws Exception {
        RedisServer leftBehind = RedisServer.start(redis(), programs());
        long pid = pid();
        try (RedisServer next = RedisServer.start(redis(), programs())) {
            await().untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
            connect(next).destroy();
        } finally {
            leftBehind.close();
        }
    }

    @Test
    void reportsAnExecutableThatCannotRun() {
        assertThatThrownBy(() -> start(Optional.of("/bin/false")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("redis.log");
    }
}
