package youtubemp3.jobs;

import java.time.Duration;

/** What shall become of a job after an attempt. */
public sealed interface Outcome {

    /** Its status is written; it can leave the queue. */
    record Done() implements Outcome {}

    /** It shall be tried again after a delay. */
    record Retry(Duration delay) implements Outcome {}

    /** Its status is written; it leaves the queue, and is kept aside for an operator to look into. */
    record Dead(Failure failure) implements Outcome {}
}
