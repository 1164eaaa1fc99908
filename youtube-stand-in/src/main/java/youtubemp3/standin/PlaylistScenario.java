package youtubemp3.standin;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Playlist;

/**
 * Lists a playlist for each way in which YouTube shows one. Only the videos of {@link #ALBUM}, {@link #WITH_GAPS} and the first of {@link
 * #MIX} can be played. {@link #UNKNOWN_ID} is the id of a playlist that does not exist.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas below have no state
public enum PlaylistScenario {
    /** An album of twelve tracks. */
    ALBUM("OLAK5uy_standin-album-of-twelve-tracks000", (playlist, media) -> {
        playlist.title("Album - " + Album.TITLE);
        Album.videos(media).forEach(playlist::video);
        return playlist;
    }),
    /** A private and two deleted videos are among the others. */
    WITH_GAPS(
            "PLstandin-with-gaps",
            (playlist, media) -> playlist.title("What is left of it")
                    .deletedVideo("deleted0001")
                    .video(Scenario.ORDINARY.video(media))
                    .privateVideo(Scenario.PRIVATE.id())
                    .video(Scenario.SLOW.video(media))
                    .deletedVideo("deleted0002")),
    /** The playlist has exactly as many videos as the product lists. */
    TWO_HUNDRED("PLstandin-of-200", (playlist, media) -> many(playlist, 200)),
    /** The playlist has the largest number of videos that YouTube allows. */
    LONG("PLstandin-of-5000", (playlist, media) -> many(playlist.title("Everything"), 5_000)),
    /** The playlist has no videos. */
    EMPTY("PLstandin-empty", (playlist, media) -> playlist),
    /** Only its owner may see the playlist. */
    PRIVATE("PLstandin-private", (playlist, media) -> playlist.alert("This playlist is private.")),
    /** YouTube has playlists that no page shows. */
    UNVIEWABLE("PLstandin-unviewable", (playlist, media) -> playlist.alert("This playlist type is unviewable.")),
    /** YouTube gives a reason that has never been seen. */
    UNKNOWN_REASON("PLstandin-reason", (playlist, media) -> playlist.alert("This playlist is on holiday.")),
    /** YouTube takes the client for a bot. */
    BOT_CHECK("PLstandin-botcheck", (playlist, media) -> playlist.alert("Sign in to confirm you\u2019re not a bot")),
    /** A mix that begins with {@link Scenario#ORDINARY}, and is longer than most people listen. */
    MIX("RD" + Scenario.ORDINARY.id(), (playlist, media) -> {
        playlist.title("Mix - Scenario").video(Scenario.ORDINARY.video(media));
        return many(playlist, 120);
    }),
    /** A mix without many videos. */
    SHORT_MIX("RD" + Scenario.SLOW.id(), (playlist, media) -> {
        playlist.title("Mix - Short").video(Scenario.SLOW.video(media));
        return many(playlist, 29);
    });

    /** This id belongs to none of the playlists. */
    public static final String UNKNOWN_ID = "PLstandin-no-such-list";

    private final String id;
    private final BiFunction<Playlist.Builder, MediaFiles, Playlist.Builder> content;

    PlaylistScenario(String id, BiFunction<Playlist.Builder, MediaFiles, Playlist.Builder> content) {
        this.id = id;
        this.content = content;
    }

    /** Returns the id of the playlist. */
    public String id() {
        return id;
    }

    /** Returns the address of the playlist's page. */
    public String address() {
        return "https://www.youtube.com/playlist?list=" + id;
    }

    Playlist playlist(MediaFiles media) {
        return content.apply(Playlist.builder(id), media).build();
    }

    static List<Playlist> playlists(MediaFiles media) {
        return Arrays.stream(values()).map(scenario -> scenario.playlist(media)).toList();
    }

    private static Playlist.Builder many(Playlist.Builder playlist, int count) {
        for (int i = 1; i <= count; i++) {
            playlist.video("ofmany%05d".formatted(i), "Number " + i, Duration.ofSeconds(60 + i % 240));
        }
        return playlist;
    }
}
