package youtubemp3.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Thumbnail;
import youtubemp3.standin.video.Video;

@ExtendWith(YouTubeStandInExtension.class)
@Timeout(60)
class ThumbnailTest {

    private final YouTubeStandIn standIn;
    private final Client client;

    ThumbnailTest(YouTubeStandIn standIn) throws Exception {
        this.standIn = standIn;
        client = new Client(standIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://i.ytimg.com/vi/%s/hqdefault.jpg", "https://img.youtube.com/vi/%s/maxresdefault.jpg"})
    void areJpegs(String address) throws Exception {
        HttpResponse<byte[]> response = client.get(address.formatted(Scenario.ORDINARY.id()));
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.body()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(picture.getWidth()).isGreaterThanOrEqualTo(480);
    }

    @Test
    void areNotFoundForAnUnknownVideoAndAsWebP() throws Exception {
        assertThat(thumbnail(Scenario.UNKNOWN_ID).statusCode()).isEqualTo(404);
        assertThat(client.get("https://i.ytimg.com/vi_webp/" + Scenario.ORDINARY.id() + "/maxresdefault.webp")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void canFail(int status) throws Exception {
        standIn.add(video("thumbfails0").thumbnail(Thumbnail.status(status)).build());

        assertThat(thumbnail("thumbfails0").statusCode()).isEqualTo(status);
    }

    @Test
    void canBeRedirects() throws Exception {
        URI target = URI.create("https://i.ytimg.com/vi/elsewhere00/0.jpg");
        standIn.add(video("thumbmoved0").thumbnail(Thumbnail.redirectTo(target)).build());

        HttpResponse<byte[]> response = thumbnail("thumbmoved0");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).contains(target.toString());
    }

    @Test
    void canBeHtmlPages() throws Exception {
        standIn.add(video("thumbishtml").thumbnail(Thumbnail.html()).build());

        HttpResponse<byte[]> response = thumbnail("thumbishtml");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void canBeDelayed() throws Exception {
        Duration delay = Duration.ofMillis(300);
        standIn.add(video("thumblate00")
                .thumbnail(Thumbnail.picture().delayedBy(delay))
                .build());
        long start = System.nanoTime();

        assertThat(thumbnail("thumblate00").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
    }

    private HttpResponse<byte[]> thumbnail(String id) throws Exception {
        return client.get("https://i.ytimg.com/vi/" + id + "/hqdefault.jpg");
    }

    private Video.Builder video(String id) {
        return Video.builder(id).media(media());
    }

    private MediaFiles media() {
        return Objects.requireNonNull(standIn.video(Scenario.ORDINARY.id()).media());
    }
}
