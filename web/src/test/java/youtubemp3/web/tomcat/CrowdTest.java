package youtubemp3.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.web.WebProcess;

/** Many clients at once, slow ones and greedy ones, against web as a process with the memory of its container. */
@Tag("long")
class CrowdTest {

    /** As in web.yml. */
    private static final int SHARE = 50;

    /** Virtual threads let any number wait. Without them, two addresses can take all threads: one is what must be borne. */
    private static final int ADDRESSES = Runtime.version().feature() >= 21 ? 10 : 1;

    /** Five times as many as there are threads without virtual ones; from one address, many more than its share. */
    private static final int SLOW = ADDRESSES == 1 ? 300 : ADDRESSES * SHARE;

    private static final int FLOOD = 10_000;

    private static final String TURNED_AWAY = "turned away";

    private static final String FILE = UUID.randomUUID().toString();

    private static final HttpClient NORMAL = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static RealRedis redis;
    private static WebProcess web;

    private final List<Socket> slow = new ArrayList<>();
    private final ScheduledExecutorService everySecond = Executors.newSingleThreadScheduledExecutor();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = RealRedis.start();
        web = WebProcess.start(
                redis,
                "--youtubemp3.storage.folder=" + folder,
                "--youtubemp3.limits.submissions-per-minute=0",
                "--youtubemp3.limits.waiting-jobs=0",
                "--youtubemp3.limits.downloads-at-once=0",
                "--logging.level.youtubemp3.access=warn");
        Files.write(folder.resolve(FILE + ".mp3"), new byte[20_000_000]);
        LettuceConnectionFactory connection = redis.connect();
        new StringRedisTemplate(connection).opsForValue().set(FILE, "FINISH");
        connection.destroy();
        for (int i = 0; i < 20; i++) {
            assertThat(status(HttpRequest.newBuilder(web.address("/")))).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() {
        web.close();
        redis.close();
    }

    @AfterEach
    void closeAll() throws IOException {
        everySecond.shutdownNow();
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void slowHeadersDelayOtherClientsOnlyUntilTheirTimeout() throws Exception {
        open(12 * SHARE, 12, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        aByteASecond();

        othersAreAnswered();
    }

    @Test
    void headersOfOneBytePerSecondTimeOutAndBlockNoOtherClient() throws Exception {
        open("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        aByteASecond();

        othersAreAnswered();
        await().atMost(60, TimeUnit.SECONDS).until(() -> slow.stream().allMatch(CrowdTest::isClosedByServer));
        assertThat(web.isAlive()).isTrue();
    }

    @Test
    void bodiesOfOneBytePerSecondGet408AndBlockNoOtherClient() throws Exception {
        open("POST /submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 8000\r\n\r\n{");
        aByteASecond();

        othersAreAnswered();
        int tooSlow = 0;
        for (Socket socket : slow) {
            socket.setSoTimeout(60_000);
            String answer = answer(socket);
            if (answer.isEmpty()) {
                // one above the share
                continue;
            }
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("Connection: close", "Content-Type: application/json", "X-Request-Id: ")
                    .contains("Content-Security-Policy: ", "X-Content-Type-Options: ", "Referrer-Policy: ")
                    .contains("\"message_code\":\"TOO_SLOW\"");
            tooSlow++;
        }
        assertThat(tooSlow).isGreaterThanOrEqualTo(SHARE * ADDRESSES / 2);
    }

    @Test
    void missingBodiesOfAllSizesBlockNoOtherClient() throws Exception {
        for (String length : new String[] {"1", "8192", "8193", "100000", "300000"}) {
            open(
                    SLOW / 5,
                    ADDRESSES,
                    "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        }
        othersAreAnswered();
    }

    @Test
    void chunksWithoutAnEndAreCutOff() throws Exception {
        open(
                1,
                1,
                "POST /submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        Socket socket = slow.get(0);
        for (int i = 0; i < 65; i++) {
            socket.getOutputStream().write(chunk);
        }
        socket.setSoTimeout(60_000);
        assertThat(new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 413 ");
    }

    @Test
    void unreadDownloadsBlockNoOtherClient() throws Exception {
        open("GET /download-music/" + FILE + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        othersAreAnswered();
    }

    @Test
    void unreadPagesBlockNoOtherClient() throws Exception {
        open("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        othersAreAnswered();
    }

    @Test
    void clientsThatDoNotReadAStaticFileStopNobody() throws Exception {
        open("GET /webjars/picocss__pico/css/pico.min.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(10));
        othersAreAnswered();
    }

    @Test
    void tenThousandConcurrentRequestsGetResponses() throws Exception {
        Map<String, Integer> statuses = flood();

        assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum())
                .as(statuses.toString())
                .isEqualTo(FLOOD);
        assertThat(statuses.keySet())
                .as(statuses.toString())
                .allMatch(status -> status.matches("HTTP/1.1 (200|404|400|429|503) ?"));
        othersAreAnswered();
        assertThat(web.log()).doesNotContain("OutOfMemoryError");
    }

    private static void othersAreAnswered() throws Exception {
        // where all places are taken, until the first of them are closed
        await().atMost(Duration.ofSeconds(25)).until(() -> status(HttpRequest.newBuilder(web.address("/"))) == 200);
        assertThat(status(HttpRequest.newBuilder(web.address("/status/" + UUID.randomUUID()))))
                .isEqualTo(404);
        assertThat(status(HttpRequest.newBuilder(web.address("/submit"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"video_url\":\"no link\"}"))))
                .isEqualTo(400);
        assertThat(status(HttpRequest.newBuilder(web.address("/download-music/" + FILE))
                        .header("Range", "bytes=0-99")))
                .isEqualTo(206);
        assertThat(status(HttpRequest.newBuilder(web.management("/actuator/health/readiness"))))
                .isEqualTo(200);
    }

    /** Less than the 30 s for which a client that reads nothing is borne with. */
    private static int status(HttpRequest.Builder request) throws Exception {
        HttpResponse<Void> response =
                NORMAL.send(request.timeout(Duration.ofSeconds(25)).build(), BodyHandlers.discarding());
        return response.statusCode();
    }

    private void open(String request) throws IOException {
        open(SLOW, ADDRESSES, request);
    }

    private void open(int number, int addresses, String request) throws IOException {
        for (int i = 0; i < number; i++) {
            Socket socket = new Socket();
            // what nobody reads is to stay with the server
            socket.setReceiveBufferSize(2048);
            slow.add(socket);
            socket.bind(new InetSocketAddress("127.0.0." + (2 + i % addresses), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", web.port()), 10_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // closed at once: one above the share
            }
        }
    }

    private static String answer(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private void aByteASecond() {
        everySecond.scheduleWithFixedDelay(() -> slow.forEach(CrowdTest::sendAByte), 0, 1, TimeUnit.SECONDS);
    }

    private static void sendAByte(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
        } catch (IOException e) {
            // cut off, as it should be
        }
    }

    private static boolean isClosedByServer(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * All connections first, then each one's request as soon as it is connected. The first line of each answer, counted. Whom
     * the kernel turns away before web has seen them comes again, as any client does.
     */
    private static Map<String, Integer> flood() throws IOException {
        String[] requests = {
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /status/" + UUID.randomUUID() + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 23\r\n\r\n{\"video_url\":\"no link\"}",
        };
        Map<String, Integer> statuses = new TreeMap<>();
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < FLOOD; i++) {
                String request = requests[i % requests.length];
                channels.add(connect(selector, i, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII))));
            }
            long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            int open = FLOOD;
            while (open > 0 && System.nanoTime() < until) {
                selector.select(1000);
                for (SelectionKey key : selector.selectedKeys()) {
                    String outcome = advance(key);
                    if (outcome == null) {
                        continue;
                    }
                    key.cancel();
                    key.channel().close();
                    if (outcome.equals(TURNED_AWAY)) {
                        channels.add(connect(selector, channels.size(), ((ByteBuffer) key.attachment()).rewind()));
                    } else {
                        statuses.merge(outcome, 1, Integer::sum);
                        open--;
                    }
                }
                selector.selectedKeys().clear();
            }
            return statuses;
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    private static SocketChannel connect(Selector selector, int number, ByteBuffer request) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
        channel.register(selector, SelectionKey.OP_CONNECT, request);
        // no address has more open than its share
        channel.bind(new InetSocketAddress("127.1." + number % 250 + ".1", 0));
        channel.connect(new InetSocketAddress("127.0.0.1", web.port()));
        return channel;
    }

    private static String advance(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write((ByteBuffer) key.attachment());
                key.interestOps(SelectionKey.OP_READ);
                return null;
            }
            ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
            if (channel.read(answer) < 0) {
                return "closed without an answer";
            }
            return new String(answer.array(), 0, Math.min(13, answer.position()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return TURNED_AWAY;
        }
    }
}
