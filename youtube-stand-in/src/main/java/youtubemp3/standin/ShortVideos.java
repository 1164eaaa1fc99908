package youtubemp3.standin;

import java.time.Duration;
import java.util.List;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.Video;

/** Ordinary videos of some seconds: quickly converted, and an MP3's length tells which of them it was. */
public final class ShortVideos {

    /** How long they are. */
    public static final List<Integer> SECONDS = List.of(4, 8, 12, 20);

    private ShortVideos() {}

    /** The one of so many {@link #SECONDS}. */
    public static String id(int seconds) {
        return "seconds%04d".formatted(seconds);
    }

    static List<Video> videos(Media media) {
        return SECONDS.stream()
                .map(seconds -> Video.builder(id(seconds))
                        .title("The Prelude's first " + seconds + " seconds")
                        .media(media.prelude(Duration.ofSeconds(seconds)))
                        .build())
                .toList();
    }
}
