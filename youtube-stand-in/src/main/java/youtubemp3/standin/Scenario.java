package youtubemp3.standin;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

/**
 * The catalogue of bad days. The texts are YouTube's own, as reports about yt-dlp quote them.
 *
 * <p>Each is a video of about half a minute; {@link #UNKNOWN_ID} is the one that does not exist.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas below capture nothing
public enum Scenario {
    /** An ordinary video. */
    ORDINARY("short000030", video -> video),
    PRIVATE(
            "private0000",
            video -> video.unplayable(
                    "LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access to this video")),
    REMOVED(
            "removed0000",
            video -> video.unplayable("ERROR", "Video unavailable", "This video has been removed by the uploader")),
    ACCOUNT_TERMINATED(
            "terminated0",
            video -> video.unplayable(
                    "ERROR",
                    "Video unavailable",
                    "This video is no longer available because the YouTube account associated with this video has been"
                            + " terminated.")),
    REMOVED_FOR_TERMS(
            "tosremoved0",
            video -> video.unplayable("ERROR", "This video has been removed for violating YouTube's Terms of Service")),
    COPYRIGHT(
            "copyright00",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Video unavailable",
                    "This video contains content from SME, who has blocked it on copyright grounds")),
    GEO_BLOCKED(
            "geoblocked0",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Video unavailable",
                    "The uploader has not made this video available in your country")),
    MEMBERS_ONLY(
            "members0000",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Join this channel to get access to members-only content like this video, and other exclusive"
                            + " perks.")),
    PAYMENT("payment0000", video -> video.unplayable("UNPLAYABLE", "This video requires payment to watch")),
    BOT_CHECK(
            "botcheck000",
            video -> video.unplayable(
                    "LOGIN_REQUIRED",
                    "Sign in to confirm you\u2019re not a bot",
                    "This helps protect our community. Learn more")),
    RATE_LIMITED(
            "ratelimited", video -> video.unplayable("UNPLAYABLE", "This content isn't available, try again later.")),
    AGE_GATE(
            "agegate0000",
            video -> video.unplayable(
                            "LOGIN_REQUIRED",
                            "Sign in to confirm your age",
                            "This video may be inappropriate for some users.")
                    .ageRestricted()),
    UPCOMING(
            "upcoming000",
            video -> video.unplayable("LIVE_STREAM_OFFLINE", "This live event will begin in 3 hours.")
                    .upcoming()),
    PREMIERE(
            "premiere000",
            video -> video.unplayable("LIVE_STREAM_OFFLINE", "Premieres in 5 hours")
                    .upcoming()),
    LIVE_RECORDING_GONE(
            "livegone000", video -> video.unplayable("UNPLAYABLE", "This live stream recording is not available.")),
    PROCESSING(
            "processing0", video -> video.unplayable("UNPLAYABLE", "We're processing this video. Check back later.")),
    LIVE_NOW("livenow0000", Video.Builder::live),
    /** Too many requests, everywhere. */
    WATCH_429("watch429000", video -> video.watchStatus(429).playerStatus(429)),
    /** Too many requests, at the player response only. */
    PLAYER_429("player42900", video -> video.playerStatus(429)),
    MEDIA_403("media403000", video -> video.mediaStatus(403)),
    MEDIA_503("media503000", video -> video.mediaStatus(503)),
    /** The first two media requests fail. */
    FLAKY_503("flaky503000", video -> video.failFirst(2, 503)),
    /** The connection breaks after 64 KiB, and the rest cannot be had (503). */
    TRUNCATED("truncated00", video -> video.truncatedAfter(65_536)),
    /** 32 KiB a second. */
    SLOW("slow0000000", video -> video.rate(32_768)),
    /** Formats without addresses. */
    SABR_ONLY("sabronly000", Video.Builder::withoutUrls),
    DRM("drm00000000", Video.Builder::drm),
    /** Says that it lasts ten hours. */
    TOO_LONG("longvideo00", video -> video.duration(Duration.ofHours(10))),
    /** The player response takes 8 seconds. */
    SLOW_PLAYER("slowplayer0", video -> video.playerDelay(Duration.ofSeconds(8)));

    /** No video has this id. */
    public static final String UNKNOWN_ID = "nosuchvideo";

    private final String id;
    private final UnaryOperator<Video.Builder> behaviour;

    Scenario(String id, UnaryOperator<Video.Builder> behaviour) {
        this.id = id;
        this.behaviour = behaviour;
    }

    public String id() {
        return id;
    }

    /** The video that behaves so; only some serve the media, but any of them says that it lasts as long. */
    public Video video(MediaFiles media) {
        Video.Builder ordinary = Video.builder(id).title("Scenario " + id).media(media);
        return behaviour.apply(ordinary).build();
    }

    /** Adds them all; those that count failures begin anew. */
    public static void install(YouTubeStandIn standIn, MediaFiles media) {
        videos(media).forEach(standIn::add);
    }

    static List<Video> videos(MediaFiles media) {
        return Arrays.stream(values()).map(scenario -> scenario.video(media)).toList();
    }
}
