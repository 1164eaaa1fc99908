package youtubemp3.worker.extract;

import java.time.Duration;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.worker.extract.AudioExtractor.Listener;

/** Estimates the remaining time of a conversion from the part that is done. The part never becomes smaller. */
final class ProgressMeter {

    private final Listener listener;
    private final long started = System.nanoTime();
    private double done;

    ProgressMeter(Listener listener) {
        this.listener = listener;
    }

    /** @param part from 0 to 1; 0 is not reported, since it says nothing about the remaining time */
    void report(double part) {
        done = Math.max(done, part);
        if (done == 0) {
            return;
        }
        long spent = (System.nanoTime() - started) / 1_000_000;
        Duration eta = Duration.ofMillis((long) (spent / done - spent));
        listener.progress(new Progress(Stage.CONVERTING, (int) (done * 100), eta));
    }
}
