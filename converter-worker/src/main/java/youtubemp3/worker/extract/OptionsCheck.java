package youtubemp3.worker.extract;

import java.time.Duration;
import java.util.List;
import youtubemp3.jobs.Chapters;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;

/** Whether a video has what the options ask for, as far as its metadata tell. */
final class OptionsCheck {

    private OptionsCheck() {}

    /** @throws ExtractionException when it has not */
    static void check(OutputOptions output, Metadata video) throws ExtractionException {
        Duration length = video.duration();
        if (length != null && output.trim().of(length).isZero()) {
            throw new ExtractionException(
                    new Diagnosis(FailureKind.STARTS_AFTER_END, List.of(clock(length))),
                    "the part starts at " + output.trim().from() + ", and the video ends at " + length);
        }
        if (output.chapters() != Chapters.NONE && video.chapters().isEmpty()) {
            throw new ExtractionException(FailureKind.NO_CHAPTERS, "the video has no chapters");
        }
    }

    /** A time as people enter it, such as 2:05 or 1:02:05. */
    private static String clock(Duration time) {
        String seconds = "%02d".formatted(time.toSecondsPart());
        return time.toHours() == 0
                ? time.toMinutes() + ":" + seconds
                : time.toHours() + ":" + "%02d".formatted(time.toMinutesPart()) + ":" + seconds;
    }
}
