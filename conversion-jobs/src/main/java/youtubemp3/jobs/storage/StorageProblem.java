package youtubemp3.jobs.storage;

/**
 * Why another file cannot be stored.
 *
 * @param reason the reason, for programs
 * @param description the same for the operator, with the folder
 */
public record StorageProblem(Reason reason, String description) {

    /** The reason of a problem. */
    public enum Reason {
        /** The room is too small, which passes when files are removed. */
        FULL,
        /** The folder is missing or cannot be written to, until the operator changes that. */
        NOT_WRITABLE
    }
}
