package youtubemp3.standin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.Video;

/** Lists the videos that the demo offers. Each one shows a different behaviour of the product. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas below have no state
public enum Demo {
    /** The video plays without faults. */
    MUSIC(
            "demo0000001",
            "Music of 2½ minutes",
            (video, media) -> video.title("Prelude in C major, BWV 846").media(media.prelude())),
    /** The video is long. */
    AN_HOUR(
            "demo0000002",
            "An hour of it",
            (video, media) -> video.title("An Hour of the Prelude in C major, BWV 846")
                    .media(media.prelude(Duration.ofHours(1)))),
    /** YouTube refuses to play the video. */
    PRIVATE(
            "demo0000003",
            "A private video",
            (video, media) -> video.title("A private video")
                    .media(media.thirtySeconds())
                    .unplayable(
                            "LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access to this video")),
    /** The id does not belong to a video. */
    MISSING("demo0000004", "A video that does not exist", (video, media) -> null),
    /** The first two media requests fail. */
    SHAKY(
            "demo0000005",
            "A shaky network: fails twice, then works",
            (video, media) -> video.title("The Prelude's Beginning, at the Third Attempt")
                    .media(media.thirtySeconds())
                    .failFirst(2, 503)),
    /** The live stream is running now. */
    LIVE(
            "demo0000006",
            "A live stream",
            (video, media) -> video.title("Live now: Bach, Day and Night").live());

    private static final String CHANNEL = "Johann Sebastian Bach";

    private final String id;
    private final String label;
    private final BiFunction<Video.Builder, Media, Video.@Nullable Builder> behaviour;

    Demo(String id, String label, BiFunction<Video.Builder, Media, Video.@Nullable Builder> behaviour) {
        this.id = id;
        this.label = label;
        this.behaviour = behaviour;
    }

    /** Returns the id of the video. */
    public String id() {
        return id;
    }

    /** Returns a short description for a link. */
    public String label() {
        return label;
    }

    /** Returns the address of the watch page. */
    public String address() {
        return "https://www.youtube.com/watch?v=" + id;
    }

    /**
     * Adds the videos and {@link PlaylistScenario#ALBUM} to a stand-in. Their media files are made if the folder lacks them, which takes a few seconds.
     *
     * @param mediaFolder the folder of the media files; it is created if it is missing
     * @param ffmpeg the ffmpeg executable, built with libopus
     * @throws java.io.UncheckedIOException with ffmpeg's error message if the files cannot be made
     */
    public static void install(YouTubeStandIn standIn, Path mediaFolder, String ffmpeg) {
        Media media = new Media(mediaFolder, ffmpeg);
        videos(media).forEach(standIn::add);
        Album.videos(media.thirtySeconds()).forEach(standIn::add);
        standIn.add(PlaylistScenario.ALBUM.playlist(media.thirtySeconds()));
    }

    static List<Video> videos(Media media) {
        List<Video> videos = new ArrayList<>();
        for (Demo demo : values()) {
            Video.Builder video = demo.behaviour.apply(Video.builder(demo.id).channel(CHANNEL), media);
            if (video != null) {
                videos.add(video.build());
            }
        }
        return videos;
    }
}
