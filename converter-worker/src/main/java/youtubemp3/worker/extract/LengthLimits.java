package youtubemp3.worker.extract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Trim;

/**
 * How long the sound of a file should be, and how long it may be: that of the video, or of the part that is kept.
 *
 * @param longestVideo the longest video that is accepted
 * @param trim the part of the video
 */
record LengthLimits(Duration longestVideo, Trim trim) {

    /**
     * How far the length of the sound may be from the announced one without a line in the log. The announced length is in whole
     * seconds and that of the picture track. For a long video one percent is allowed.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /**
     * How much longer than announced the sound may be: while YouTube processes a video that its editor has cut, it announces the new
     * length and still has the old sound.
     */
    private static final Duration MAX_EXCESS = Duration.ofMinutes(10);

    /** ffmpeg reports the start of the last packet; the longest that YouTube sends have 46 ms. */
    private static final Duration LAST_PACKETS = Duration.ofMillis(100);

    /** The longest sound that counts as having this length. */
    static Duration longest(Duration announced) {
        return announced.plus(tolerance(announced));
    }

    /** Where the sound must have ended. */
    Duration end(@Nullable Duration announced) {
        return trim.of(longestSound(announced));
    }

    /** Whether not even the longest video that is accepted has more sound. */
    boolean isLongestVideo(@Nullable Duration announced) {
        return longestSound(announced).equals(longestVideo);
    }

    private Duration longestSound(@Nullable Duration announced) {
        Duration excess = announced == null ? longestVideo : announced.plus(MAX_EXCESS);
        return excess.compareTo(longestVideo) < 0 ? excess : longestVideo;
    }

    /** Whether the sound is longer than that of an accepted video. It may then have been cut off by a limit of ffmpeg's. */
    boolean isTooLong(Duration made, @Nullable Duration announced) {
        Duration longest = trim.of(longestVideo);
        return made.compareTo(announced == null ? longest : longest(longest)) > 0;
    }

    /** Whether the part that is kept is complete, although the video goes on. */
    boolean isEndReached(Duration made) {
        return trim.to() != null && made.compareTo(trim.to().minus(trim.from()).minus(LAST_PACKETS)) >= 0;
    }

    /** Whether the length of the sound is noticeably another than announced. */
    boolean differ(Duration made, Duration announced) {
        Duration expected = trim.of(announced);
        return made.minus(expected).abs().compareTo(tolerance(expected)) > 0;
    }

    /**
     * How much of the work is done, from 0 to 1. What precedes the part that is kept must be fetched, too.
     *
     * @param downloaded the part of the video that is fetched, from 0 to 1; 0 if unknown
     */
    double progress(Duration made, double downloaded, Duration announced) {
        double start = trim.from().toMillis();
        double position = made.isZero() ? Math.min(start, downloaded * announced.toMillis()) : start + made.toMillis();
        double end = start + trim.of(announced).toMillis();
        return end == 0 ? 0 : Math.min(1, position / end);
    }

    private static Duration tolerance(Duration announced) {
        Duration onePercent = announced.dividedBy(100);
        return onePercent.compareTo(TOLERANCE) < 0 ? TOLERANCE : onePercent;
    }
}
