package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

@ExtendWith(YouTubeStandInExtension.class)
@Timeout(60)
class YouTubeStandInTest {

    private final YouTubeStandIn standIn;

    YouTubeStandInTest(YouTubeStandIn standIn) {
        this.standIn = standIn;
    }

    @Test
    void hasOnlyTheVideosThatWereAdded() {
        assertThatThrownBy(() -> standIn.video(Scenario.UNKNOWN_ID)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void keepsItsCertificateInAGivenFolderAndFreesItsPort(@TempDir Path folder) throws Exception {
        String certificate;
        try (YouTubeStandIn first = YouTubeStandIn.builder().folder(folder).start()) {
            certificate = Files.readString(first.certificate());
        }
        int port;
        try (YouTubeStandIn second = YouTubeStandIn.builder().folder(folder).start()) {
            assertThat(second.certificate()).hasContent(certificate);
            port = second.proxy().getPort();
        }
        new ServerSocket(port).close(); // fails if the port is still in use
    }

    @Test
    void closeCutsOffResponsesAndDeletesTheTemporaryFolder() throws Exception {
        YouTubeStandIn other = YouTubeStandIn.start();
        Path certificate = other.certificate();
        other.add(video("neveranswer").mediaDelay(Duration.ofHours(1)).build());
        Client client = new Client(other);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread request = new Thread(() -> {
            try {
                client.media(other.video("neveranswer"), "");
            } catch (IOException | InterruptedException e) {
                outcome.complete(e);
            }
        });
        request.start();
        Waiting.until(() -> other.requests().stream().anyMatch(line -> line.contains("neveranswer")));

        other.close();

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(certificate).doesNotExist();
    }

    private Video.Builder video(String id) {
        return Video.builder(id).media(media());
    }

    private MediaFiles media() {
        return Objects.requireNonNull(standIn.video(Scenario.ORDINARY.id()).media());
    }
}
