package youtubemp3.worker.failure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import youtubemp3.jobs.Failure;

/**
 * Classifies why an extraction failed, by the output of yt-dlp and ffmpeg. The first match in the order of the constants counts:
 * "Video unavailable. This content isn't available, try again later" is a rate limit. Patterns are substrings in lower case that
 * old and new versions of yt-dlp have in common. The sentence of each kind is in web's {@code messages.properties}.
 */
public enum FailureKind {
    LIVE_NOW(Fault.VIDEO, RetryPolicy.NEVER),
    TOO_LONG(Fault.VIDEO, RetryPolicy.NEVER),
    PRIVATE(Fault.VIDEO, RetryPolicy.NEVER, "private video"),
    AGE_RESTRICTED(Fault.VIDEO, RetryPolicy.NEVER, "confirm your age", "age-restricted", "inappropriate"),
    BOT_CHECK(Fault.REFUSAL, RetryPolicy.LATER, "not a bot", "captcha challenge", "your ip is likely being blocked"),
    RATE_LIMITED(
            Fault.REFUSAL,
            RetryPolicy.LATER,
            "try again later",
            "rate-limited by youtube",
            "http error 429",
            "resource has been exhausted"),
    MEMBERS_ONLY(
            Fault.VIDEO, RetryPolicy.NEVER, "members-only", "channel's members", "requires payment", "premium members"),
    REGION_BLOCKED(Fault.VIDEO, RetryPolicy.NEVER, "not made this video available in your country"),
    NOT_STARTED(Fault.VIDEO, RetryPolicy.NEVER, "premieres in", "live event will begin"),
    PROCESSING(Fault.OTHER, RetryPolicy.LATER, "processing this video", "check back later"),
    PROTECTED(Fault.VIDEO, RetryPolicy.NEVER, "drm protected"),
    UNAVAILABLE(
            Fault.VIDEO,
            RetryPolicy.NEVER,
            "recording is not available",
            "video unavailable",
            "has been removed",
            "no longer available",
            "copyright grounds"),
    INVALID_LINK(Fault.VIDEO, RetryPolicy.NEVER, "looks truncated", "no suitable extractor"),
    DISK_FULL(Fault.OTHER, RetryPolicy.LATER, "no space left on device"),
    STORAGE_FAILED(
            Fault.OTHER,
            RetryPolicy.LATER,
            // setsid exists, so its working directory is missing or the process limit is reached
            "cannot run program \"setsid\""),
    MISCONFIGURED(
            Fault.OTHER,
            RetryPolicy.NEVER,
            "ffprobe and ffmpeg not found",
            "cannot run program",
            "certificate_verify_failed"),
    NETWORK(
            Fault.OTHER,
            RetryPolicy.SOON,
            "failed to resolve",
            "name or service not known",
            "connection refused",
            "connect to proxy",
            "timed out",
            "more expected",
            "bytes, expected",
            "http error 5"),
    FORBIDDEN(Fault.YOUTUBE_CHANGED, RetryPolicy.ONCE, "http error 403"),
    NO_FORMATS(
            Fault.YOUTUBE_CHANGED,
            RetryPolicy.ONCE,
            "missing a url",
            "no video formats found",
            "requested format is not available",
            "failed to extract any player response",
            "challenge solving failed"),
    BROKEN_DOWNLOAD(Fault.OTHER, RetryPolicy.SOON, "not found, unable to continue"),
    TIME_LIMIT(Fault.OTHER, RetryPolicy.ONCE),
    CONVERSION(Fault.OTHER, RetryPolicy.TWICE),
    WORKER_LOST(Fault.OTHER, RetryPolicy.NEVER);

    /** The cause of a failure. */
    private enum Fault {
        /** The video, which cannot be converted on any server. */
        VIDEO,
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
     * The first kind, in the order of the constants, with a pattern that occurs in the output; empty when none does.
     *
     * @param output the standard error of the tools
     */
    public static Optional<FailureKind> of(String output) {
        // the dotted capital I (U+0130) becomes two characters, which takes Java minutes for a text with many of them
        String text = output.replace('\u2019', '\'').replace('\u0130', 'i').toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.patterns.stream().anyMatch(text::contains))
                .findFirst();
    }

    /** The failure to store: this kind with the arguments of its sentence, times in ISO 8601. */
    public Failure failure(Duration longestVideo) {
        return this == TOO_LONG ? new Failure(name(), List.of(longestVideo.toString())) : new Failure(name());
    }

    /** The delay before the next attempt; empty when the job is not retried. See {@link RetryPolicy#delay}. */
    public Optional<Duration> delay(int attempt, Duration shortest, RandomGenerator random) {
        return retryPolicy.delay(attempt, shortest, random);
    }

    /** Whether the video itself is the cause, so that no server can convert it. */
    public boolean isVideoFault() {
        return fault == Fault.VIDEO;
    }

    /** Whether YouTube refuses this server for every video, so that all workers should pause. */
    public boolean isRefusal() {
        return fault == Fault.REFUSAL;
    }

    /** Whether the cause may be this server rather than the video: a refusal, or a possible change at YouTube. */
    public boolean mayBeServerFault() {
        return fault == Fault.REFUSAL || fault == Fault.YOUTUBE_CHANGED;
    }
}
