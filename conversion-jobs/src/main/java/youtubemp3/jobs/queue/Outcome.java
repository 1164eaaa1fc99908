package youtubemp3.jobs.queue;

import java.time.Duration;
import youtubemp3.jobs.Failure;

/** What to do with a job after an attempt. */
public sealed interface Outcome {

    /** Removes the job, which has ended, from the queue. */
    record Done() implements Outcome {}

    /**
     * Appends the job to the queue again after a delay.
     *
     * @param delay the time until the job can be taken again
     */
    record Retry(Duration delay) implements Outcome {}

    /** Puts the job back at its place in the queue, without counting the attempt. */
    record Requeue() implements Outcome {}

    /**
     * Moves the job, which has failed, from the queue to the dead letters.
     *
     * @param failure why it failed
     */
    record DeadLetter(Failure failure) implements Outcome {}
}
