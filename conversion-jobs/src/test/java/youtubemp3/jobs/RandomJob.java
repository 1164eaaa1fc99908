package youtubemp3.jobs;

import java.util.UUID;

/** Jobs of tests, which need no key to derive an id. */
public final class RandomJob {

    private RandomJob() {}

    /** A job with the default output under a random id. */
    public static Job of(VideoId video) {
        return new Job(UUID.randomUUID(), video, OutputOptions.DEFAULT);
    }
}
