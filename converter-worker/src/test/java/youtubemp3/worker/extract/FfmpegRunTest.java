package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.failure.FailureKind;

/** Processes that replace ffmpeg. */
@Timeout(60)
class FfmpegRunTest {

    private static final Duration LENGTH = Duration.ofSeconds(1);

    private final StartedProcesses processes = new StartedProcesses();
    private final List<Duration> written = Collections.synchronizedList(new ArrayList<>());

    @Test
    void reportsWhatIsWrittenAndReturnsTheMessages() throws Exception {
        String said = run(settings(30, 30), "echo out_time_us=700000 >&2; echo hello >&2");

        assertThat(written).last().isEqualTo(Duration.ofMillis(700));
        assertThat(said).isEqualTo("hello\n");
    }

    @ParameterizedTest
    @CsvSource({"no space left on device, DISK_FULL", "Invalid data found, CONVERSION"})
    void aFailureIsThatOfTheMessages(String message, FailureKind kind) {
        assertThat(failure(settings(30, 30), "echo '" + message + "' >&2; exit 1"))
                .isEqualTo(kind);
    }

    @Test
    void whatStallsIsEnded() {
        assertThat(failure(settings(30, 1), "while :; do echo out_time_us=5 >&2; sleep 0.2; done"))
                .isEqualTo(FailureKind.TIME_LIMIT);
        processes.awaitEnd();
    }

    @Test
    void whatTakesTooLongIsEnded() {
        assertThat(failure(settings(0, 30), "for i in $(seq 1 999); do echo out_time_us=$i >&2; sleep 0.2; done"))
                .isEqualTo(FailureKind.TIME_LIMIT);
        processes.awaitEnd();
    }

    @Test
    void leavesNoProcessWhenInterrupted() throws Exception {
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                run(settings(30, 30), "echo out_time_us=1 >&2; sleep 60 & sleep 60");
            } catch (Exception e) {
                thrown.add(e);
            }
        });
        thread.start();
        await().until(() -> written.contains(Duration.ofNanos(1000)));
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        processes.awaitEnd();
    }

    private String run(WorkerSettings settings, String script) throws Exception {
        return new FfmpegRun(settings).run(new ProcessBuilder("sh", "-c", script), LENGTH, written::add);
    }

    private FailureKind failure(WorkerSettings settings, String script) {
        return catchThrowableOfType(ExtractionException.class, () -> run(settings, script))
                .diagnosis()
                .kind();
    }

    private static WorkerSettings settings(long timeoutSeconds, long stallSeconds) {
        return RealTools.settings(
                "yt-dlp",
                "ffmpeg",
                URI.create("http://localhost:1"),
                null,
                Duration.ofSeconds(timeoutSeconds),
                Duration.ofSeconds(stallSeconds));
    }
}
