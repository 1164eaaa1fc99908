package youtubemp3.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import youtubemp3.web.RunningWeb;

/** A stop pauses the connector, at any time of a request. */
@Import(SendfileTest.Pause.class)
class SendfileTest extends RunningWeb {

    private static final int SIZE = 60_000_000;

    private static final String PAUSE = "X-Pause";

    @Autowired
    private ApplicationContext context;

    @AfterEach
    void resume() {
        connector(context).resume();
    }

    @Test
    void aConnectorThatIsPausedBeforeTheFirstByteOfAFileSendsAllOfIt() throws IOException {
        String file = UUID.randomUUID().toString();
        Files.write(FOLDER.resolve(file + ".mp3"), new byte[SIZE]);
        redis.opsForValue().set(file, "FINISH");

        try (Socket socket = new Socket()) {
            socket.setSoTimeout(30_000);
            // far less than the file, so that Tomcat cannot send it at once
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress("127.0.0.1", address("/").getPort()));
            socket.getOutputStream()
                    .write(("GET /download-music/" + file + " HTTP/1.1\r\nHost: localhost\r\n" + PAUSE + ": 1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream response = socket.getInputStream();
            StringBuilder headers = new StringBuilder();
            while (headers.indexOf("\r\n\r\n") < 0) {
                headers.append((char) response.read());
            }

            assertThat(headers).startsWith("HTTP/1.1 200 ");
            assertThat(response.readNBytes(SIZE)).hasSize(SIZE);
        }
    }

    private static Connector connector(ApplicationContext context) {
        return ((TomcatWebServer) ((WebServerApplicationContext) context).getWebServer())
                .getTomcat()
                .getConnector();
    }

    /** Pauses the connector when the controller has handed the file over and Tomcat has not begun to send it. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Pause {

        @Bean
        Filter pauseAfterTheController(ApplicationContext context) {
            return (request, response, chain) -> {
                chain.doFilter(request, response);
                if (((HttpServletRequest) request).getHeader(PAUSE) != null) {
                    connector(context).pause();
                }
            };
        }
    }
}
