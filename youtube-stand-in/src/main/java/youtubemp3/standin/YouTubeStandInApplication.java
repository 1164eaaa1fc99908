package youtubemp3.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.Video;

/**
 * The stand-in on its own, for the demo and for tests in containers: the {@link Demo}, every {@link Scenario}, the {@link
 * ShortVideos}, and the files of a folder.
 *
 * <p>Each setting is an argument {@code --name=value} or the environment's {@code STAND_IN_NAME}:
 *
 * <ul>
 *   <li>{@code port}: of the proxy, 8118
 *   <li>{@code address}: to listen on, loopback; {@code 0.0.0.0} in a container
 *   <li>{@code folder}: keeps the certificate and the music; a folder below the system's temporary one
 *   <li>{@code media}: a folder with {@code <11 characters>.webm}, {@code .m4a} and {@code .txt} ("Channel - Title")
 *   <li>{@code rate}: bytes a second and connection; 0 is unlimited
 *   <li>{@code ffmpeg}: the executable; ffprobe is looked for beside it
 * </ul>
 *
 * <p>Asked directly, the port answers {@code GET /healthz}, {@code GET /ca.pem} and {@code GET /refused}.
 */
public final class YouTubeStandInApplication {

    private final Map<String, String> environment;
    private final String[] arguments;

    private YouTubeStandInApplication(String[] arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    /** Runs until it is told to end, by a signal. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        YouTubeStandIn standIn = start(arguments, System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(standIn::close));
        System.out.println(
                "YouTube stand-in ready: proxy " + standIn.proxy() + ", certificate " + standIn.certificate());
        new CountDownLatch(1).await(); // all other threads are daemons
    }

    /** Starts with these settings; ready when it returns. */
    static YouTubeStandIn start(String[] arguments, Map<String, String> environment) throws IOException {
        return new YouTubeStandInApplication(arguments, environment).start();
    }

    private YouTubeStandIn start() throws IOException {
        Path folder = Path.of(setting("folder", System.getProperty("java.io.tmpdir") + "/youtube-stand-in"));
        String ffmpeg = setting("ffmpeg", "ffmpeg");
        return YouTubeStandIn.builder()
                .address(InetAddress.getByName(setting("address", "127.0.0.1")))
                .port(Integer.parseInt(setting("port", "8118")))
                .folder(folder)
                .rate(Long.parseLong(setting("rate", "0")))
                .videos(videos(new Media(folder.resolve("music"), ffmpeg), ffmpeg))
                .start();
    }

    private List<Video> videos(Media media, String ffmpeg) throws IOException {
        List<Video> videos = new ArrayList<>(Scenario.videos(media.thirtySeconds()));
        videos.addAll(Demo.videos(media));
        videos.addAll(ShortVideos.videos(media));
        String own = find("media");
        if (own != null) {
            videos.addAll(new MediaFolder(Path.of(own), ffmpeg).videos());
        }
        return videos;
    }

    private String setting(String name, String otherwise) {
        String value = find(name);
        return value == null ? otherwise : value;
    }

    /** An empty one is none, since Compose passes on unset variables as empty ones. */
    private @Nullable String find(String name) {
        for (String argument : arguments) {
            if (argument.startsWith("--" + name + "=")) {
                return argument.substring(name.length() + 3);
            }
        }
        String value = environment.get("STAND_IN_" + name.toUpperCase(Locale.ROOT));
        return value == null || value.isBlank() ? null : value;
    }
}
