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
 * Runs the stand-in as a separate process, for tests in containers. It has the videos of {@link Demo}, {@link Scenario}, {@link
 * Album} and {@link ShortVideos}, those of a {@link MediaFolder}, and the playlists of {@link PlaylistScenario}.
 *
 * <p>Each setting is an argument {@code --name=value} or an environment variable {@code STAND_IN_NAME}; the argument wins:
 *
 * <ul>
 *   <li>{@code port}: the port of the proxy; the default is 8118
 *   <li>{@code address}: the address that the proxy is bound to; the default is loopback
 *   <li>{@code folder}: the folder of the certificate and the music; the default is in the system's temporary folder
 *   <li>{@code media}: the folder of a {@link MediaFolder}, which is optional
 *   <li>{@code rate}: the rate limit in bytes per second and connection; the default, 0, is unlimited
 *   <li>{@code ffmpeg}: the ffmpeg executable; ffprobe has to be in the same folder
 * </ul>
 *
 * <p>The port also responds to {@code GET /healthz}, {@code GET /ca.pem} and {@code GET /refused}.
 */
public final class YouTubeStandInApplication {

    private final Map<String, String> environment;
    private final String[] arguments;

    private YouTubeStandInApplication(String[] arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    /**
     * Runs until the process gets a signal.
     *
     * @throws IOException if the address is unknown, or the folder of recordings cannot be read
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        YouTubeStandIn standIn = start(arguments, System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(standIn::close));
        System.out.println(
                "YouTube stand-in ready: proxy " + standIn.proxy() + ", certificate " + standIn.certificate());
        new CountDownLatch(1).await(); // the other threads are daemons and would not keep the process running
    }

    /** Starts a stand-in with the given settings. */
    static YouTubeStandIn start(String[] arguments, Map<String, String> environment) throws IOException {
        return new YouTubeStandInApplication(arguments, environment).start();
    }

    private YouTubeStandIn start() throws IOException {
        Path folder = Path.of(setting("folder", System.getProperty("java.io.tmpdir") + "/youtube-stand-in"));
        String ffmpeg = setting("ffmpeg", "ffmpeg");
        Media media = new Media(folder.resolve("music"), ffmpeg);
        return YouTubeStandIn.builder()
                .address(InetAddress.getByName(setting("address", "127.0.0.1")))
                .port(Integer.parseInt(setting("port", "8118")))
                .folder(folder)
                .rate(Long.parseLong(setting("rate", "0")))
                .videos(videos(media, ffmpeg))
                .playlists(PlaylistScenario.playlists(media.thirtySeconds()))
                .start();
    }

    private List<Video> videos(Media media, String ffmpeg) throws IOException {
        List<Video> videos = new ArrayList<>(Scenario.videos(media.thirtySeconds()));
        videos.addAll(Demo.videos(media));
        videos.addAll(Album.videos(media.thirtySeconds()));
        videos.addAll(ShortVideos.videos(media));
        String own = find("media");
        if (own != null) {
            videos.addAll(new MediaFolder(Path.of(own), ffmpeg).videos());
        }
        return videos;
    }

    private String setting(String name, String defaultValue) {
        String value = find(name);
        return value == null ? defaultValue : value;
    }

    /** Returns a setting. An empty variable counts as missing, because Compose sets variables without a value to "". */
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
