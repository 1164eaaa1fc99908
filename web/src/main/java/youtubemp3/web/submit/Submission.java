package youtubemp3.web.submit;

import java.util.UUID;

/**
 * An accepted submission.
 *
 * @param job the id of its job, which other clients may have submitted as well
 * @param wish the id with which this client takes it back
 */
record Submission(UUID job, UUID wish) {

    /** The link to the job's file, relative to {@code /submit}. */
    String download() {
        return "download-music/" + job;
    }
}
