package youtubemp3.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import youtubemp3.standin.YouTubeStandIn;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.Video;

/**
 * Compares the product's time from the link to the file with {@code yt-dlp -x --audio-format mp3}, which downloads first
 * and then encodes. Both alternate on the same ten minutes of sound from a server with 1.5 MB/s, about YouTube's rate. It
 * prints the ratio without an assertion: {@code ./mvnw -Pbenchmark verify}.
 */
@Tag("benchmark")
class PipelineBenchmark {

    private static final int ROUNDS = 5;
    private static final long BYTES_PER_SECOND = 1_500_000;
    private static final String ID = "tenminutes0";

    @Test
    void againstDownloadingFirst() throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        String newest = System.getenv("YT_DLP_NEWEST");
        String ytDlp = newest == null ? "yt-dlp" : newest;
        Video video = Video.builder(ID)
                .title("Ten minutes")
                .media(new Media(folder.resolve("music")).prelude(Duration.ofMinutes(10)))
                .build();
        try (YouTubeStandIn youTube = YouTubeStandIn.builder()
                        .rate(BYTES_PER_SECOND)
                        .videos(List.of(video))
                        .start();
                Product product = Product.start(
                        folder.resolve("home"),
                        ytDlp,
                        "--youtubemp3.worker.proxy=" + youTube.proxy(),
                        "--youtubemp3.worker.yt-dlp-arguments=--no-check-certificates",
                        "--youtubemp3.video.proxy=" + youTube.proxy(),
                        "--spring.http.clients.ssl.bundle=youtube",
                        "--spring.ssl.bundle.pem.youtube.truststore.certificate=file:" + youTube.certificate())) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                double overlapped = seconds(() -> assertThat(product.await(product.enqueue(ID))
                                .path("status")
                                .asString())
                        .isEqualTo("FINISH"));
                Path out = Files.createDirectories(folder.resolve("plain" + round));
                double oneAfterTheOther = seconds(() -> downloadFirst(ytDlp, youTube, out));
                System.out.printf(
                        "%s: product %.1f s, yt-dlp -x %.1f s, ratio %.2f%n",
                        round == 0 ? "warm-up" : "round " + round,
                        overlapped,
                        oneAfterTheOther,
                        overlapped / oneAfterTheOther);
                if (round > 0) {
                    ratios.add(overlapped / oneAfterTheOther);
                }
            }
            double[] sorted =
                    ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            System.out.printf("median ratio %.2f of %s%n", sorted[ROUNDS / 2], Arrays.toString(sorted));
        }
    }

    private static void downloadFirst(String ytDlp, YouTubeStandIn youTube, Path out) throws Exception {
        Process process = new ProcessBuilder(
                        ytDlp,
                        "--ignore-config",
                        "--no-cache-dir",
                        "-q",
                        "--proxy",
                        youTube.proxy().toString(),
                        "--no-check-certificates",
                        "-f",
                        "bestaudio/best",
                        "-x",
                        "--audio-format",
                        "mp3",
                        "--audio-quality",
                        "192K",
                        "--embed-thumbnail",
                        "--embed-metadata",
                        "--",
                        "https://www.youtube.com/watch?v=" + ID)
                .directory(out.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out.resolve("log"))).isZero();
    }

    private static double seconds(Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private interface Step {
        void run() throws Exception;
    }
}
