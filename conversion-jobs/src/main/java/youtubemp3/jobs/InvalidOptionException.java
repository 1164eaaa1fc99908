package youtubemp3.jobs;

/** Thrown when the options of a conversion cannot be meant as they are given. */
public class InvalidOptionException extends IllegalArgumentException {

    /** What is wrong with an option. */
    public enum Reason {
        /** It has none of the values that are known. */
        UNKNOWN,
        /** It applies to MP3 only, and another format was chosen. */
        ONLY_MP3,
        /** The end of the part is not after its start. */
        NOT_AFTER_START
    }

    private final String field;
    private final Reason reason;

    InvalidOptionException(String field, Reason reason) {
        super(field + ": " + reason);
        this.field = field;
        this.reason = reason;
    }

    /** The name of the option's field. */
    public String field() {
        return field;
    }

    public Reason reason() {
        return reason;
    }
}
