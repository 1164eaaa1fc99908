package youtubemp3.worker.failure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import youtubemp3.jobs.Failure;

/**
 * Why an extraction fails, told from what yt-dlp and ffmpeg say. The order decides: "This content isn't available, try again
 * later" names a limit, although it begins with "Video unavailable". Signs are parts of messages that old and new versions
 * of yt-dlp have in common, in lower case.
 */
public enum FailureKind {
    LIVE_NOW(RetryPolicy.NEVER, "This video is live now. Try again when the broadcast has ended."),
    TOO_LONG(RetryPolicy.NEVER, "This video is longer than %d minutes, which is the limit here."),
    PRIVATE(RetryPolicy.NEVER, "This video is private.", "private video"),
    AGE_RESTRICTED(
            RetryPolicy.NEVER,
            "This video is age-restricted; YouTube shows it to signed-in adults only.",
            "confirm your age",
            "age-restricted",
            "inappropriate"),
    BOT_CHECK(
            RetryPolicy.LATER,
            "YouTube is refusing this server for the moment.",
            "not a bot",
            "captcha challenge",
            "your ip is likely being blocked"),
    RATE_LIMITED(
            RetryPolicy.LATER,
            "YouTube is limiting this server for the moment.",
            "try again later",
            "rate-limited by youtube",
            "http error 429",
            "resource has been exhausted"),
    MEMBERS_ONLY(
            RetryPolicy.NEVER,
            "This video is for paying viewers or members of its channel only.",
            "members-only",
            "channel's members",
            "requires payment",
            "premium members"),
    REGION_BLOCKED(
            RetryPolicy.NEVER,
            "This video is not available in the region of this server.",
            "not made this video available in your country"),
    NOT_STARTED(RetryPolicy.NEVER, "This video has not started yet.", "premieres in", "live event will begin"),
    PROCESSING(
            RetryPolicy.LATER, "YouTube is still processing this video.", "processing this video", "check back later"),
    PROTECTED(RetryPolicy.NEVER, "This video is protected against copying.", "drm protected"),
    UNAVAILABLE(
            RetryPolicy.NEVER,
            "This video was removed or is not available.",
            "recording is not available",
            "video unavailable",
            "has been removed",
            "no longer available",
            "copyright grounds"),
    INVALID_LINK(RetryPolicy.NEVER, "This is not a valid YouTube link.", "looks truncated", "no suitable extractor"),
    DISK_FULL(RetryPolicy.LATER, "This server's disk is full at the moment.", "no space left on device"),
    STORAGE_FAILED(
            RetryPolicy.LATER,
            "This server cannot store files at the moment.",
            // it is there, or nobody would call it: the folder is gone, or there is no room for another process
            "cannot run program \"setsid\""),
    MISCONFIGURED(
            RetryPolicy.NEVER,
            "This server is not set up correctly. Please tell whoever runs it.",
            "ffprobe and ffmpeg not found",
            "cannot run program",
            "certificate_verify_failed"),
    NETWORK(
            RetryPolicy.SOON,
            "The connection to YouTube broke.",
            "failed to resolve",
            "name or service not known",
            "connection refused",
            "connect to proxy",
            "timed out",
            "more expected",
            "bytes, expected",
            "http error 5"),
    FORBIDDEN(RetryPolicy.ONCE, Sentences.UPDATE_NEEDED, "http error 403"),
    NO_FORMATS(
            RetryPolicy.ONCE,
            Sentences.UPDATE_NEEDED,
            "missing a url",
            "no video formats found",
            "requested format is not available",
            "failed to extract any player response",
            "challenge solving failed"),
    BROKEN_DOWNLOAD(RetryPolicy.SOON, "The download broke.", "not found, unable to continue"),
    TIME_LIMIT(RetryPolicy.ONCE, "The conversion took too long and was stopped."),
    CONVERSION(RetryPolicy.TWICE, "The conversion failed."),
    WORKER_LOST(RetryPolicy.NEVER, "The conversion was broken off several times.");

    private final RetryPolicy retryPolicy;
    private final String sentence;
    private final List<String> signs;

    FailureKind(RetryPolicy retryPolicy, String sentence, String... signs) {
        this.retryPolicy = retryPolicy;
        this.sentence = sentence;
        this.signs = List.of(signs);
    }

    /**
     * The first kind, in their order, that a message has a sign of; empty when it has none.
     *
     * @param said all that the tools wrote to standard error
     */
    public static Optional<FailureKind> of(String said) {
        // the dotted capital I becomes two characters, and a text of many takes Java minutes
        String text = said.replace('\u2019', '\'').replace('\u0130', 'i').toLowerCase(Locale.ROOT);
        for (FailureKind kind : values()) {
            if (kind.signs.stream().anyMatch(text::contains)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind and its sentence, as they are kept with the status. */
    public Failure failure(Duration longestVideo) {
        return new Failure(name(), sentence.formatted(longestVideo.toMinutes()));
    }

    /** The wait before the next attempt, or empty when there shall be none. See {@link RetryPolicy#delay}. */
    public Optional<Duration> delay(int attempt, Duration shortest, RandomGenerator random) {
        return retryPolicy.delay(attempt, shortest, random);
    }

    /** Whether the video itself is the cause, and not this server or the way to YouTube. */
    public boolean isOfTheVideo() {
        return retryPolicy.equals(RetryPolicy.NEVER) && this != MISCONFIGURED && this != WORKER_LOST;
    }

    /** Whether YouTube refuses this server, whatever the video: everybody should leave it alone for a while. */
    public boolean isRefusal() {
        return this == BOT_CHECK || this == RATE_LIMITED;
    }

    /** Whether this server may be at fault, not the video: a refusal, or what a change at YouTube looks like. */
    public boolean isOfTheServer() {
        return isRefusal() || this == FORBIDDEN || this == NO_FORMATS;
    }

    private static final class Sentences {
        static final String UPDATE_NEEDED =
                "YouTube has changed something that this server does not know yet. Its yt-dlp may need an update.";
    }
}
