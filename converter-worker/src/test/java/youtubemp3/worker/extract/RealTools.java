package youtubemp3.worker.extract;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.YtDlpArguments;

/** The installed tools: yt-dlp, and also a newer one if {@code YT_DLP_NEWEST} is set. */
public final class RealTools {

    private RealTools() {}

    public static List<String> ytDlps() {
        return Stream.of("yt-dlp", System.getenv("YT_DLP_NEWEST"))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Settings that use the stand-in, with short timeouts. */
    public static WorkerSettings settings(String ytDlp, URI proxy) {
        return settings(ytDlp, "ffmpeg", proxy, null, Duration.ofMinutes(2), Duration.ofSeconds(30));
    }

    static WorkerSettings settings(
            String ytDlp, String ffmpeg, URI proxy, Path cookies, Duration timeout, Duration stallTimeout) {
        return settings(ytDlp, "", null, ffmpeg, proxy, cookies, timeout, stallTimeout);
    }

    /** Settings with further arguments for yt-dlp, and a folder of plugins or null. */
    static WorkerSettings settings(String ytDlp, String arguments, Path plugins, URI proxy) {
        return settings(
                ytDlp, arguments, plugins, "ffmpeg", proxy, null, Duration.ofMinutes(2), Duration.ofSeconds(30));
    }

    private static WorkerSettings settings(
            String ytDlp,
            String arguments,
            Path plugins,
            String ffmpeg,
            URI proxy,
            Path cookies,
            Duration timeout,
            Duration stallTimeout) {
        return new WorkerSettings(
                ytDlp,
                YtDlpArguments.valueOf("--no-check-certificates " + arguments),
                plugins,
                ffmpeg,
                proxy == null ? null : proxy.toString(),
                cookies,
                192,
                1,
                Duration.ofHours(3),
                200,
                Duration.ofMillis(10),
                timeout,
                stallTimeout,
                Duration.ofSeconds(5),
                250,
                Duration.ZERO,
                new WorkerSettings.Backoff(Duration.ofMinutes(5), Duration.ofHours(1)),
                null);
    }

    /** The commands of yt-dlp, for tests of other packages. */
    public static YtDlp ytDlp(WorkerSettings settings) {
        return new YtDlp(settings, cookies(settings));
    }

    public static Cookies cookies(WorkerSettings settings) {
        return new Cookies(settings, InstantSource.system());
    }

    static YtDlpAudioExtractor extractor(WorkerSettings settings) {
        return extractor(settings, cookies(settings));
    }

    static YtDlpAudioExtractor extractor(WorkerSettings settings, Cookies cookies) {
        Ffmpeg ffmpeg = new Ffmpeg(settings);
        TaggedFile taggedFile = new TaggedFile(ffmpeg);
        return new YtDlpAudioExtractor(
                new YtDlp(settings, cookies),
                ffmpeg,
                new Loudness(ffmpeg),
                taggedFile,
                new ChapterArchive(ffmpeg, taggedFile),
                cookies,
                settings);
    }

    /** The output of a command, which must end within 30 s. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output.strip();
    }
}
