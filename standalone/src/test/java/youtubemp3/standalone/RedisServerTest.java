package youtubemp3.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@Timeout(60)
class RedisServerTest {

    private static final Optional<String> EMBEDDED = Optional.empty();

    @TempDir
    private Path folder;

    private static LettuceConnectionFactory connect(RedisServer server) {
        RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(
                "127.0.0.1", (int) server.properties().get("spring.data.redis.port"));
        configuration.setPassword((String) server.properties().get("spring.data.redis.password"));
        LettuceConnectionFactory connection = new LettuceConnectionFactory(configuration);
        connection.afterPropertiesSet();
        connection.start();
        return connection;
    }

    @Test
    void theEmbeddedOneKeepsWhatItWasTold() throws Exception {
        try (RedisServer server = RedisServer.start(folder, EMBEDDED)) {
            LettuceConnectionFactory connection = connect(server);
            new StringRedisTemplate(connection).opsForValue().set("key", "kept");
            connection.destroy();
        }
        try (RedisServer server = RedisServer.start(folder, EMBEDDED)) {
            LettuceConnectionFactory connection = connect(server);
            assertThat(new StringRedisTemplate(connection).opsForValue().get("key"))
                    .isEqualTo("kept");
            connection.destroy();
        }
    }

    @Test
    void nobodyGetsInWithoutItsPassword() throws Exception {
        try (RedisServer server = RedisServer.start(folder)) {
            LettuceConnectionFactory stranger = new LettuceConnectionFactory(
                    "127.0.0.1", (int) server.properties().get("spring.data.redis.port"));
            stranger.afterPropertiesSet();
            stranger.start();
            assertThatThrownBy(() ->
                            new StringRedisTemplate(stranger).opsForValue().get("key"))
                    .hasStackTraceContaining("NOAUTH");
            stranger.destroy();
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("redis.conf")))
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }

    @Test
    void oneThatWasLeftBehindIsEnded() throws Exception {
        RedisServer leftBehind = RedisServer.start(folder);
        long pid = Long.parseLong(Files.readString(folder.resolve("redis.pid")).split(" ")[0]);
        try (RedisServer next = RedisServer.start(folder)) {
            await().untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
            connect(next).destroy();
        } finally {
            leftBehind.close();
        }
    }

    @Test
    void oneThatCannotRunIsSaidPlainly() {
        assertThatThrownBy(() -> RedisServer.start(folder, Optional.of("/bin/false")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("redis.log");
    }
}
