package youtubemp3.worker.extract;

import youtubemp3.worker.failure.FailureKind;

/** Thrown when a video cannot be converted. The message is for the log: exit codes and the last output of the tools. */
public class ExtractionException extends Exception {

    private final FailureKind kind;

    public ExtractionException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
