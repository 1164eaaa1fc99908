package youtubemp3.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.web.RunningWeb;

@TestPropertySource(
        properties = {
            "youtubemp3.limits.connections=5",
            "server.tomcat.remoteip.internal-proxies=127.0.1.0/24, 127.0.2.1",
        })
class ConnectionShareTest extends RunningWeb {

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void anAddressHoldsNoMoreThanItsShareAndOthersAreServed() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(isAnswered(open("127.0.0.2"))).isTrue();
        }
        for (int i = 0; i < 20; i++) {
            assertThat(isAnswered(open("127.0.0.2"))).isFalse();
        }
        assertThat(isAnswered(open("127.0.0.3"))).isTrue();
    }

    @Test
    void aConnectionThatHasEndedGivesItsPlaceBack() throws IOException {
        for (int round = 0; round < 10; round++) {
            List<Socket> held = new ArrayList<>();
            await().until(() -> {
                Socket socket = open("127.0.0.4");
                if (isAnswered(socket)) {
                    held.add(socket);
                }
                return held.size() == 5;
            });
            assertThat(isAnswered(open("127.0.0.4"))).isFalse();
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void aTrustedProxyHasNoLimit() throws IOException {
        for (String proxy : List.of("127.0.1.7", "127.0.2.1")) {
            for (int i = 0; i < 20; i++) {
                assertThat(isAnswered(open(proxy))).isTrue();
            }
        }
    }

    private Socket open(String from) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", address("/").getPort()), 10_000);
        return socket;
    }

    /** The connection stays open for the next request. */
    private static boolean isAnswered(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read(new byte[4096]) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
