package youtubemp3.jobs.queue;

import java.time.Duration;
import youtubemp3.jobs.Failure;

/** What shall become of a job after an attempt. */
public sealed interface Outcome {

    /** Its status is written; it can leave the queue. */
    record Done() implements Outcome {}

    /**
     * It shall be tried again after a delay, from the end of the queue.
     *
     * @param counts whether this was an attempt; an attempt that does not count can be repeated for ever
     */
    record Retry(Duration delay, boolean counts) implements Outcome {}

    /** It was not tried, and keeps its place. */
    record HandBack() implements Outcome {}

    /** Its status is written; it leaves the queue, and is kept aside for an operator to look into. */
    record Dead(Failure failure) implements Outcome {}
}
