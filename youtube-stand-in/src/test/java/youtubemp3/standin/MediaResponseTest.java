package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

@ExtendWith(YouTubeStandInExtension.class)
@Timeout(60)
class MediaResponseTest {

    private static final int SOME_BYTES = 60_000;

    private final YouTubeStandIn standIn;
    private final Client client;
    private final Video ordinary;
    private final byte[] file;

    MediaResponseTest(YouTubeStandIn standIn) throws Exception {
        this.standIn = standIn;
        client = new Client(standIn);
        ordinary = standIn.video(Scenario.ORDINARY.id());
        file = Files.readAllBytes(Objects.requireNonNull(media().webm()));
    }

    @Test
    void areTheWholeFile() throws Exception {
        HttpResponse<byte[]> response = client.media(ordinary, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("audio/webm");
        assertThat(response.body()).isEqualTo(file);
    }

    @Test
    void areAPartIfTheHeaderSaysSo() throws Exception {
        HttpResponse<byte[]> response = client.media(ordinary, "", "Range", "bytes=100-199");

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes 100-199/" + file.length);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(file, 100, 200));
    }

    @Test
    void areAPartIfTheUrlSaysSo() throws Exception {
        HttpResponse<byte[]> response = client.media(ordinary, "&range=100-199");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(file, 100, 200));
    }

    @Test
    void countTheHeaderInsideTheRangeOfTheUrl() throws Exception {
        HttpResponse<byte[]> response = client.media(ordinary, "&range=100-199", "Range", "bytes=90-");

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes 90-99/100");
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(file, 190, 200));
    }

    @Test
    void endAtTheEndOfTheFile() throws Exception {
        int last = file.length - 1;

        assertThat(client.media(ordinary, "", "Range", "bytes=" + last + "-99999999")
                        .body())
                .containsExactly(file[last]);
        assertThat(client.media(ordinary, "", "Range", "bytes=" + file.length + "-")
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void failForTheGivenNumberOfRequests() throws Exception {
        Video flaky = video("failsfirst0").failFirst(2, 500).build();
        standIn.add(flaky);

        assertThat(client.media(flaky, "").statusCode()).isEqualTo(500);
        assertThat(client.media(flaky, "").statusCode()).isEqualTo(500);
        assertThat(client.media(flaky, "").statusCode()).isEqualTo(200);

        standIn.add(flaky);
        assertThat(client.media(flaky, "").statusCode()).isEqualTo(500);
    }

    @Test
    void areCutOffWhereTheyAreTruncated() throws Exception {
        Video cut = video("cutanywhere").truncatedAfter(1_000).build();
        standIn.add(cut);

        assertThatThrownBy(() -> client.media(cut, "")).isInstanceOf(IOException.class);
        assertThat(client.media(cut, "&range=0-999").body()).isEqualTo(Arrays.copyOf(file, 1_000));
        assertThat(client.media(cut, "", "Range", "bytes=1000-").statusCode()).isEqualTo(503);
    }

    @Test
    void areCutOffAgainWhenTheyAreResumed() {
        Video cut = video("cutforever0").cutForeverAfter(1_000).build();
        standIn.add(cut);

        assertThatThrownBy(() -> client.media(cut, "", "Range", "bytes=1000-")).isInstanceOf(IOException.class);
    }

    @Test
    void areNotFasterThanTheirRate() throws Exception {
        int bytesPerSecond = 100_000;
        Video slow = video("limitedrate").rate(bytesPerSecond).build();
        standIn.add(slow);
        long start = System.nanoTime();

        byte[] body = client.media(slow, "&range=0-" + (SOME_BYTES - 1)).body();

        assertThat(body).hasSize(SOME_BYTES);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_000L * SOME_BYTES / bytesPerSecond));
    }

    private Video.Builder video(String id) {
        return Video.builder(id).media(media());
    }

    private MediaFiles media() {
        return Objects.requireNonNull(standIn.video(Scenario.ORDINARY.id()).media());
    }
}
