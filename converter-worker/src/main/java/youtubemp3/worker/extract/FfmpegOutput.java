package youtubemp3.worker.extract;

import java.time.Duration;
import youtubemp3.worker.process.OutputTail;

/** What the standard error of {@link Ffmpeg} says about its progress. Thread-safe: one thread adds lines, another reads. */
final class FfmpegOutput {

    private final OutputTail messages;
    private volatile long micros;
    private volatile long lastAdvance = System.nanoTime();

    /** @param messages receives the lines that are messages */
    FfmpegOutput(OutputTail messages) {
        this.messages = messages;
    }

    void add(String line) {
        if (line.startsWith(Ffmpeg.OUT_TIME)) {
            long written = YtDlpOutput.number(line.substring(Ffmpeg.OUT_TIME.length()));
            // ffmpeg repeats the line twice a second, even when it makes no progress
            if (written > micros) {
                micros = written;
                lastAdvance = System.nanoTime();
            }
        } else if (!Ffmpeg.PROGRESS.matcher(line).matches()) {
            messages.add(line);
        }
    }

    /** The length of the sound that is written. */
    Duration written() {
        return Duration.ofNanos(micros * 1000);
    }

    /** When the sound last became longer, as {@link System#nanoTime}. */
    long lastAdvance() {
        return lastAdvance;
    }
}
