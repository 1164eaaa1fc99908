package youtubemp3.worker.extract;

import youtubemp3.worker.failure.FailureKind;

/** A video that could not be made into an MP3. Its message is for the log: exit codes and what the tools said last. */
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
