package youtubemp3.worker.extract;

import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;

/** Thrown when a video cannot be converted. The message is for the log: exit codes and the last output of the tools. */
public class ExtractionException extends Exception {

    private final transient Diagnosis diagnosis;

    public ExtractionException(Diagnosis diagnosis, String message) {
        super(message);
        this.diagnosis = diagnosis;
    }

    public ExtractionException(FailureKind kind, String message) {
        this(new Diagnosis(kind), message);
    }

    public Diagnosis diagnosis() {
        return diagnosis;
    }
}
