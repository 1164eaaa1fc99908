package youtubemp3.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import youtubemp3.standin.Demo;
import youtubemp3.standin.MediaFolder;
import youtubemp3.standin.PlaylistScenario;
import youtubemp3.standin.YouTubeStandIn;

/** Runs the YouTube stand-in for the demo. The product differs only in its proxy, its trusted certificate and the examples. */
final class DemoYouTube implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DemoYouTube.class);

    private final YouTubeStandIn standIn;

    private DemoYouTube(YouTubeStandIn standIn) {
        this.standIn = standIn;
    }

    /**
     * Starts the stand-in with the demo videos.
     *
     * @param folder where the stand-in writes
     * @param environment may contain {@code STAND_IN_MEDIA}, a folder with further recordings, see {@link MediaFolder}
     */
    static DemoYouTube start(Path folder, Map<String, String> environment) throws IOException {
        Files.createDirectories(folder);
        log.info("Demo: a stand-in replaces YouTube, so no internet is needed. The first start generates its music.");
        YouTubeStandIn standIn = YouTubeStandIn.builder().folder(folder).start();
        String ffmpeg = environment.getOrDefault("YOUTUBEMP3_WORKER_FFMPEG", "ffmpeg");
        Demo.install(standIn, folder.resolve("music"), ffmpeg);
        String recordings = environment.getOrDefault("STAND_IN_MEDIA", "");
        if (!recordings.isEmpty()) {
            MediaFolder.install(standIn, Path.of(recordings), ffmpeg);
        }
        return new DemoYouTube(standIn);
    }

    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("youtubemp3.video.proxy", standIn.proxy());
        properties.put("spring.http.clients.ssl.bundle", "demo");
        properties.put("spring.ssl.bundle.pem.demo.truststore.certificate", "file:" + standIn.certificate());
        properties.put("youtubemp3.worker.proxy", standIn.proxy());
        properties.put("youtubemp3.worker.yt-dlp-arguments", "--no-check-certificates");
        for (Demo video : Demo.values()) {
            putExample(properties, video.ordinal(), video.label(), video.address());
        }
        putExample(properties, Demo.values().length, "An album of twelve tracks", PlaylistScenario.ALBUM.address());
        return properties;
    }

    private static void putExample(Map<String, Object> properties, int number, String label, String link) {
        String example = "youtubemp3.home.examples[" + number + "].";
        properties.put(example + "label", label);
        properties.put(example + "link", link);
    }

    @Override
    public void close() {
        standIn.close();
    }
}
