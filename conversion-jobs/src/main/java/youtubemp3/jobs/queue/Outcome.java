package youtubemp3.jobs.queue;

import java.time.Duration;
import youtubemp3.jobs.Failure;

/** What becomes of a job after an attempt. */
public sealed interface Outcome {

    /** The job has ended, and leaves the queue. */
    record Done() implements Outcome {}

    /**
     * The job is tried again, from the end of the queue.
     *
     * @param delay the time until then
     */
    record Retry(Duration delay) implements Outcome {}

    /** The job was not tried, and keeps its place. */
    record Requeue() implements Outcome {}

    /**
     * The job has failed, leaves the queue, and is kept for an operator.
     *
     * @param failure why it failed
     */
    record DeadLetter(Failure failure) implements Outcome {}
}
