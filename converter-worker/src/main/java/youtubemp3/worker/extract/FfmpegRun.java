package youtubemp3.worker.extract;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.process.LineReader;
import youtubemp3.worker.process.OutputTail;
import youtubemp3.worker.process.ProcessTree;

/** One run of ffmpeg on files of the folder, with the limits of time that {@link Pipeline} has. */
final class FfmpegRun {

    private static final long POLL_MILLIS = 100;

    private final WorkerSettings settings;
    private final OutputTail output = new OutputTail();
    private final FfmpegOutput encoded = new FfmpegOutput(output);

    FfmpegRun(WorkerSettings settings) {
        this.settings = settings;
    }

    /** See {@link Ffmpeg#run}. */
    String run(ProcessBuilder command, Duration length, Consumer<Duration> written)
            throws IOException, ExtractionException, InterruptedException {
        long deadline = System.nanoTime() + settings.timeLimit(length).toNanos();
        Process process;
        try (ProcessTree tree = new ProcessTree()) {
            process = tree.start(command.redirectOutput(ProcessBuilder.Redirect.DISCARD))
                    .get(0);
            LineReader lines = new LineReader("ffmpeg", process.getErrorStream(), encoded::add);
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                written.accept(encoded.written());
                boolean stalled = System.nanoTime() - encoded.lastAdvance()
                        > settings.stallTimeout().toNanos();
                if (stalled || System.nanoTime() > deadline) {
                    throw new ExtractionException(
                            FailureKind.TIME_LIMIT,
                            "ffmpeg " + (stalled ? "stalled: " : "timed out: ") + output.tail());
                }
            }
            lines.await();
        }
        if (process.exitValue() != 0) {
            throw new ExtractionException(
                    Diagnosis.of(output.text()), "ffmpeg exited with " + process.exitValue() + ": " + output.tail());
        }
        written.accept(encoded.written());
        return output.text();
    }
}
