package youtubemp3.standin;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

/**
 * Lists a video for each way in which YouTube responds to yt-dlp, failures in particular. The reasons and subreasons are
 * YouTube's own texts, which are quoted in yt-dlp's issues.
 *
 * <p>The media of each video last about 30 seconds. {@link #UNKNOWN_ID} is the id of a video that does not exist.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas below have no state
public enum Scenario {
    /** The video plays without faults. */
    ORDINARY("short000030", video -> video),
    /** The video is private. */
    PRIVATE(
            "private0000",
            video -> video.unplayable(
                    "LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access to this video")),
    /** The uploader has removed the video. */
    REMOVED(
            "removed0000",
            video -> video.unplayable("ERROR", "Video unavailable", "This video has been removed by the uploader")),
    /** YouTube has closed the account of the uploader. */
    ACCOUNT_TERMINATED(
            "terminated0",
            video -> video.unplayable(
                    "ERROR",
                    "Video unavailable",
                    "This video is no longer available because the YouTube account associated with this video has been"
                            + " terminated.")),
    /** YouTube has removed the video for a violation of its terms. */
    REMOVED_FOR_TERMS(
            "tosremoved0",
            video -> video.unplayable("ERROR", "This video has been removed for violating YouTube's Terms of Service")),
    /** The holder of the copyright has blocked the video. */
    COPYRIGHT(
            "copyright00",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Video unavailable",
                    "This video contains content from SME, who has blocked it on copyright grounds")),
    /** The video is blocked in the country of the client. */
    GEO_BLOCKED(
            "geoblocked0",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Video unavailable",
                    "The uploader has not made this video available in your country")),
    /** The video is reserved for members of the channel. */
    MEMBERS_ONLY(
            "members0000",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Join this channel to get access to members-only content like this video, and other exclusive"
                            + " perks.")),
    /** The video has to be paid for. */
    PAYMENT("payment0000", video -> video.unplayable("UNPLAYABLE", "This video requires payment to watch")),
    /** YouTube requires a sign-in because it takes the client for a bot. */
    BOT_CHECK(
            "botcheck000",
            video -> video.unplayable(
                    "LOGIN_REQUIRED",
                    "Sign in to confirm you\u2019re not a bot",
                    "This helps protect our community. Learn more")),
    /** YouTube limits the number of videos that the client may play. */
    RATE_LIMITED(
            "ratelimited", video -> video.unplayable("UNPLAYABLE", "This content isn't available, try again later.")),
    /** YouTube requires a sign-in to confirm the age. */
    AGE_GATE(
            "agegate0000",
            video -> video.unplayable(
                            "LOGIN_REQUIRED",
                            "Sign in to confirm your age",
                            "This video may be inappropriate for some users.")
                    .ageRestricted()),
    /** The live stream has not started. */
    UPCOMING(
            "upcoming000",
            video -> video.unplayable("LIVE_STREAM_OFFLINE", "This live event will begin in 3 hours.")
                    .upcoming()),
    /** The premiere has not started. */
    PREMIERE(
            "premiere000",
            video -> video.unplayable("LIVE_STREAM_OFFLINE", "Premieres in 5 hours")
                    .upcoming()),
    /** The recording of a live stream is not available. */
    LIVE_RECORDING_GONE(
            "livegone000", video -> video.unplayable("UNPLAYABLE", "This live stream recording is not available.")),
    /** YouTube is still processing the upload. */
    PROCESSING(
            "processing0", video -> video.unplayable("UNPLAYABLE", "We're processing this video. Check back later.")),
    /** The live stream is over, and YouTube has not made its recording yet. */
    LIVE_ENDED("liveended00", video -> video.unplayable("LIVE_STREAM_OFFLINE", "This live event has ended.")),
    /** The premiere starts in a few moments. */
    PREMIERE_SHORTLY(
            "premieresn0",
            video -> video.unplayable("LIVE_STREAM_OFFLINE", "Premiere will begin shortly")
                    .upcoming()),
    /** YouTube gives no reason, of which the region is one. */
    NOT_AVAILABLE("notavail000", video -> video.unplayable("ERROR", "This video is not available")),
    /** YouTube shows the video to signed-in viewers only. */
    SIGN_IN_REQUIRED("signin00000", video -> video.unplayable("LOGIN_REQUIRED", "Please sign in")),
    /** YouTube rejects the player client of yt-dlp. */
    PAGE_RELOAD("reload00000", video -> video.unplayable("UNPLAYABLE", "The page needs to be reloaded.")),
    /** YouTube rejects the player client of yt-dlp that embeds the video in a page of another site. */
    EMBEDDING_DISABLED(
            "embedding00",
            video -> video.unplayable(
                    "UNPLAYABLE",
                    "Video unavailable",
                    "Playback on other websites has been disabled by the video owner")),
    /** YouTube fails at this video. The message resembles that of a limit. */
    TRY_AGAIN_LATER("tryagain000", video -> video.unplayable("ERROR", "An error occurred. Please try again later.")),
    /** YouTube gives a reason that has never been seen. */
    UNKNOWN_REASON(
            "newreason00",
            video -> video.unplayable("UNPLAYABLE", "This video is only shown on Tuesdays <b>& Fridays</b>")),
    /** YouTube no longer accepts the cookies of the client, and takes it for a bot. */
    COOKIES_EXPIRED(
            "cookiesgone",
            video -> video.unplayable("LOGIN_REQUIRED", "Sign in to confirm you\u2019re not a bot")
                    .signsOut()),
    /** The live stream is running now. */
    LIVE_NOW("livenow0000", Video.Builder::live),
    /** The watch page and the player response have the status 429, Too Many Requests. */
    WATCH_429("watch429000", video -> video.watchStatus(429).playerStatus(429)),
    /** Only the player response has the status 429. */
    PLAYER_429("player42900", video -> video.playerStatus(429)),
    /** All media requests have the status 403, Forbidden. */
    MEDIA_403("media403000", video -> video.mediaStatus(403)),
    /** All media requests have the status 503, Service Unavailable. */
    MEDIA_503("media503000", video -> video.mediaStatus(503)),
    /** All media requests have the status 404, Not Found. */
    MEDIA_404("media404000", video -> video.mediaStatus(404)),
    /** All media requests have the status 400, Bad Request. */
    MEDIA_400("media400000", video -> video.mediaStatus(400)),
    /** All media responses are empty. */
    MEDIA_EMPTY("mediaempty0", video -> video.mediaStatus(204)),
    /** The first two media requests have the status 503, and later ones succeed. */
    FLAKY_503("flaky503000", video -> video.failFirst(2, 503)),
    /** The connection is closed after 64 KiB, and requests for the rest have the status 503. */
    TRUNCATED("truncated00", video -> video.truncatedAfter(65_536)),
    /** The media are shorter than YouTube announces, in bytes. */
    MISSING_BYTES("lessbytes00", video -> video.missingBytes(1_000)),
    /** The media are longer than YouTube announces, in seconds, as after a cut in YouTube's editor. */
    EDITED_SHORTER("edited00020", video -> video.duration(Duration.ofSeconds(20))),
    /** The media are shorter than YouTube announces, in seconds. */
    EDITED_LONGER("edited00060", video -> video.duration(Duration.ofSeconds(60))),
    /** The description has time stamps, which are the chapters of the video. */
    CHAPTERS("chapters000", video -> video.description("0:00 One\n0:10 Two; and = a \\ half\n0:20 T/w? more: \"Ünï\"")),
    /** The media are sent at 32 KiB per second. */
    SLOW("slow0000000", video -> video.rate(32_768)),
    /** The formats have no URLs, since YouTube requires its own protocol, SABR. */
    SABR_ONLY("sabronly000", Video.Builder::withoutUrls),
    /** The only format has no sound. */
    SILENT("silent00000", Video.Builder::silent),
    /** The formats are protected by DRM. */
    DRM("drm00000000", Video.Builder::drm),
    /** YouTube reports a duration of ten hours. */
    TOO_LONG("longvideo00", video -> video.duration(Duration.ofHours(10))),
    /** The player response is delayed by 8 seconds. */
    SLOW_PLAYER("slowplayer0", video -> video.playerDelay(Duration.ofSeconds(8)));

    /** This id belongs to none of the videos. */
    public static final String UNKNOWN_ID = "nosuchvideo";

    private final String id;
    private final UnaryOperator<Video.Builder> behaviour;

    Scenario(String id, UnaryOperator<Video.Builder> behaviour) {
        this.id = id;
        this.behaviour = behaviour;
    }

    /** Returns the id of the video. */
    public String id() {
        return id;
    }

    /** Returns the video. Its duration is that of the media unless the scenario says otherwise. */
    Video video(MediaFiles media) {
        Video.Builder ordinary = Video.builder(id).title("Scenario " + id).media(media);
        return behaviour.apply(ordinary).build();
    }

    static List<Video> videos(MediaFiles media) {
        return Arrays.stream(values()).map(scenario -> scenario.video(media)).toList();
    }
}
