package youtubemp3.worker.failure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The kinds of failure, by what yt-dlp and ffmpeg write. {@link Diagnosis} decides which of their lines count; of these, the first
 * match in the order of the constants does. Patterns are substrings in lower case that old and new versions of yt-dlp have in
 * common. The sentence of each kind is in web's {@code messages.properties}.
 */
public enum FailureKind {
    LIVE_NOW(Fault.VIDEO, RetryPolicy.NEVER),
    TOO_LONG(Fault.VIDEO, RetryPolicy.NEVER),
    NO_SOUND(Fault.VIDEO, RetryPolicy.NEVER),
    PRIVATE(Fault.VIDEO, RetryPolicy.NEVER, "private video", "video is private"),
    PLAYLIST_PRIVATE(Fault.VIDEO, RetryPolicy.NEVER, "playlist is private"),
    PLAYLIST_MISSING(Fault.VIDEO, RetryPolicy.NEVER, "playlist does not exist", "does the playlist exist"),
    PLAYLIST_UNVIEWABLE(Fault.VIDEO, RetryPolicy.NEVER, "playlist type is unviewable"),
    PLAYLIST_EMPTY(Fault.VIDEO, RetryPolicy.NEVER),
    AGE_RESTRICTED(
            Fault.VIDEO, RetryPolicy.NEVER, "confirm your age", "age-restricted", "age restricted", "inappropriate"),
    COOKIES_EXPIRED(Fault.REFUSAL, RetryPolicy.LATER),
    BOT_CHECK(
            Fault.REFUSAL,
            RetryPolicy.LATER,
            "not a bot",
            "not a robot",
            "unusual traffic",
            "captcha challenge",
            "your ip is likely being blocked"),
    RATE_LIMITED(
            Fault.REFUSAL,
            RetryPolicy.LATER,
            // other messages that end in "try again later" concern one video
            "content isn't available, try again later",
            "rate-limited by youtube",
            "http error 429",
            "resource has been exhausted"),
    MEMBERS_ONLY(
            Fault.VIDEO,
            RetryPolicy.NEVER,
            "members-only",
            "channel's members",
            "join this channel",
            "requires payment",
            "requires purchase",
            "premium members"),
    REGION_BLOCKED(
            Fault.VIDEO,
            RetryPolicy.NEVER,
            "available in your country",
            "available in your region",
            "blocked it in your country"),
    NOT_STARTED(Fault.VIDEO, RetryPolicy.NEVER, "premieres in", "will begin"),
    LIVE_ENDED(Fault.OTHER, RetryPolicy.LATER, "live event has ended", "live stream has ended", "broadcast has ended"),
    SIGN_IN_REQUIRED(Fault.VIDEO, RetryPolicy.NEVER, "please sign in", "sign in to", "login required", "log in to"),
    PROCESSING(Fault.OTHER, RetryPolicy.LATER, "processing this video", "check back later"),
    PROTECTED(Fault.VIDEO, RetryPolicy.NEVER, "drm protected"),
    /** YouTube rejects the player client (yt-dlp's term) that this yt-dlp poses as. The video may be available to others. */
    CLIENT_REJECTED(
            Fault.YOUTUBE_CHANGED,
            RetryPolicy.ONCE,
            "page needs to be reloaded",
            "playback on other websites has been disabled",
            "not available on this app",
            "latest version of youtube",
            "no longer supported in this application",
            "video player configuration error",
            "error code: 15"),
    UNAVAILABLE(
            Fault.VIDEO,
            RetryPolicy.NEVER,
            "recording is not available",
            "video unavailable",
            "video is unavailable",
            "video is not available",
            "isn't available",
            "video does not exist",
            "has been removed",
            "has been terminated",
            "no longer available",
            "copyright grounds"),
    DISK_FULL(Fault.OTHER, RetryPolicy.LATER, "no space left on device", "disk quota exceeded"),
    STORAGE_FAILED(
            Fault.OTHER,
            RetryPolicy.LATER,
            "unable to open for writing",
            "permission denied",
            "read-only file system",
            "input/output error",
            "stale file handle",
            // setsid exists, so its working directory is missing or the process limit is reached
            "cannot run program \"setsid\""),
    MISCONFIGURED(
            Fault.OTHER,
            RetryPolicy.NEVER,
            "ffprobe and ffmpeg not found",
            "cannot run program",
            "certificate_verify_failed",
            "proxy authentication required",
            "unsupported proxy type",
            "no player clients have been requested",
            "unsupported language code",
            "invalid plugin directory",
            // the address of the video is always valid, so these are about another argument
            "looks truncated",
            "no suitable extractor"),
    // with the colon of an HTTP response: without it, yt-dlp only warns of a possible one
    FORBIDDEN(Fault.YOUTUBE_CHANGED, RetryPolicy.ONCE, "http error 403:"),
    NETWORK(
            Fault.OTHER,
            RetryPolicy.SOON,
            "failed to resolve",
            "name or service not known",
            "name resolution",
            "name does not resolve",
            "no address associated with hostname",
            "connection refused",
            "connection reset",
            "connection aborted",
            "connection has been closed",
            "remote end closed",
            "is unreachable",
            "no route to host",
            "cannot assign requested address",
            "connect to proxy",
            "tunnel connection failed",
            "timed out",
            "eof occurred in violation of protocol",
            "[ssl:",
            "more expected",
            "bytes, expected",
            "got error: http error",
            "video data: http error",
            "did not get any data blocks",
            "file is empty",
            "http error 5"),
    NO_FORMATS(
            Fault.YOUTUBE_CHANGED,
            RetryPolicy.ONCE,
            "missing a url",
            "no video formats found",
            "requested format is not available",
            "failed to extract any player response",
            "challenge solving failed",
            "unable to download api page",
            "unable to download webpage",
            // an error that yt-dlp did not expect
            "please report this issue"),
    BROKEN_DOWNLOAD(Fault.OTHER, RetryPolicy.SOON, "not found, unable to continue"),
    /** YouTube's own words, which none of the patterns match. They are the argument of the sentence. */
    YOUTUBE_MESSAGE(Fault.YOUTUBE_CHANGED, RetryPolicy.ONCE),
    /** The video has no sound in the format that was asked for. */
    FORMAT_MISSING(Fault.REQUEST, RetryPolicy.NEVER),
    /** The part that was asked for begins after the end of the video, which is the argument of the sentence. */
    STARTS_AFTER_END(Fault.REQUEST, RetryPolicy.NEVER),
    NO_CHAPTERS(Fault.REQUEST, RetryPolicy.NEVER),
    TIME_LIMIT(Fault.OTHER, RetryPolicy.ONCE),
    CONVERSION(Fault.OTHER, RetryPolicy.TWICE),
    PLAYLIST_FAILED(Fault.OTHER, RetryPolicy.NEVER),
    WORKER_LOST(Fault.OTHER, RetryPolicy.NEVER);

    /** The cause of a failure. */
    private enum Fault {
        /** The video or playlist, with which no server could do more. */
        VIDEO,
        /** The options of the job, which do not fit the video. With other options it can be converted. */
        REQUEST,
        /** YouTube, which refuses this server for every video. */
        REFUSAL,
        /** The video, or a change at YouTube that this yt-dlp does not support yet. */
        YOUTUBE_CHANGED,
        /** This server, the network, or unknown. */
        OTHER
    }

    private final Fault fault;
    private final RetryPolicy retryPolicy;
    private final List<String> patterns;

    FailureKind(Fault fault, RetryPolicy retryPolicy, String... patterns) {
        this.fault = fault;
        this.retryPolicy = retryPolicy;
        this.patterns = List.of(patterns);
    }

    /**
     * The first kind, in the order of the constants, with a pattern that occurs in the text; empty when none does.
     */
    public static Optional<FailureKind> of(String messages) {
        // the dotted capital I (U+0130) becomes two characters, which takes Java minutes for a text with many of them
        String text = messages.replace('\u2019', '\'').replace('\u0130', 'i').toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.patterns.stream().anyMatch(text::contains))
                .findFirst();
    }

    /** The delay before the next attempt; empty when the job is not retried. See {@link RetryPolicy#delay}. */
    public Optional<Duration> delay(int attempt, Duration shortest, RandomGenerator random) {
        return retryPolicy.delay(attempt, shortest, random);
    }

    /** Whether the video or playlist itself is the cause, so that no server could do more. */
    public boolean isVideoFault() {
        return fault == Fault.VIDEO;
    }

    /** Whether the options of the job are the cause, so that they fail on every server, and others do not. */
    public boolean isRequestFault() {
        return fault == Fault.REQUEST;
    }

    /** Whether YouTube refuses this server for every video, so that all workers should pause. */
    public boolean isRefusal() {
        return fault == Fault.REFUSAL;
    }

    /** Whether the cause may be a change at YouTube that this yt-dlp does not support yet. */
    public boolean mayBeYouTubeChange() {
        return fault == Fault.YOUTUBE_CHANGED;
    }

    /** Whether the cause may be this server rather than the video: a refusal, or a possible change at YouTube. */
    public boolean mayBeServerFault() {
        return isRefusal() || mayBeYouTubeChange();
    }
}
