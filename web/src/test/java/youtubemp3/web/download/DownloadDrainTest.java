package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.web.WebProcess;

/** What becomes of a running download when web, a process of its own, is told to end. */
@Tag("long")
class DownloadDrainTest {

    private static final int SIZE = 60_000_000;

    private final String file = UUID.randomUUID().toString();

    private RealRedis redis;
    private WebProcess web;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        redis = RealRedis.start();
        web = WebProcess.start(redis, "--youtubemp3.storage.folder=" + folder);
        Files.write(folder.resolve(file + ".mp3"), new byte[SIZE]);
        LettuceConnectionFactory connection = redis.connect();
        new StringRedisTemplate(connection).opsForValue().set(file, "FINISH");
        connection.destroy();
    }

    @AfterEach
    void stop() {
        web.close();
        redis.close();
    }

    @Test
    void aStoppingWebFinishesDownloadsAndAcceptsNoNewClients() throws Exception {
        try (Socket reader = download()) {
            InputStream answer = reader.getInputStream();
            CompletableFuture<Process> end = web.stop();
            await().atMost(Duration.ofSeconds(10)).until(this::isShut);

            int size = 0;
            int length;
            do {
                // 20 MB/s at most, so that it takes some seconds
                TimeUnit.MILLISECONDS.sleep(50);
                length = answer.readNBytes(1_000_000).length;
                size += length;
            } while (length > 0);
            assertThat(size).as(web::log).isEqualTo(SIZE);
            assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void aClientThatDoesNotReadDelaysTheStopOnlyForALimitedTime() throws Exception {
        try (Socket reader = download()) {
            long told = System.nanoTime();

            assertThat(web.stop()).succeedsWithin(Duration.ofSeconds(28));
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isGreaterThan(Duration.ofSeconds(10));
            assertThat(reader.getInputStream().readAllBytes()).hasSizeLessThan(SIZE);
        }
    }

    @Test
    void withoutADownloadWebStopsAtOnce() {
        assertThat(web.stop()).succeedsWithin(Duration.ofSeconds(10));
    }

    /** Begun, and its headers read. */
    private Socket download() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", web.port()));
        socket.getOutputStream()
                .write(("GET /download-music/" + file + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
            headers.append((char) socket.getInputStream().read());
        }
        assertThat(headers).startsWith("HTTP/1.1 200 ");
        return socket;
    }

    private boolean isShut() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", web.port())) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
