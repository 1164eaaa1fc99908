package youtubemp3.worker.youtube;

import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.worker.WorkerSettings;

/** Makes a {@link YouTubeGate} for tests of other packages. */
public final class YouTubeGates {

    private YouTubeGates() {}

    public static YouTubeGate of(RateLimits limits, CircuitBreaker circuit, WorkerSettings settings) {
        return new YouTubeGate(new YouTubeRateLimiter(limits, settings), circuit, settings);
    }
}
