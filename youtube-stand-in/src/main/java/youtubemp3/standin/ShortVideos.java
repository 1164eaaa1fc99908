package youtubemp3.standin;

import java.time.Duration;
import java.util.List;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.Video;

/**
 * Makes videos of a few seconds, which convert quickly. Their durations differ, so that a test can tell their MP3s apart.
 */
public final class ShortVideos {

    /** The videos have these durations, in seconds. */
    public static final List<Integer> SECONDS = List.of(4, 8, 12, 20);

    private ShortVideos() {}

    /** Returns the id of the video with the given duration, one of {@link #SECONDS}. */
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
