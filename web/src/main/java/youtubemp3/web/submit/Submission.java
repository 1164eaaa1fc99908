package youtubemp3.web.submit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.playlist.PlaylistId;

/**
 * An accepted submission.
 *
 * @param job the id of its job, which other clients may have submitted as well
 * @param wish the id with which this client takes it back
 * @param playlist the playlist that the link names beside the video, or null
 */
record Submission(UUID job, UUID wish, @Nullable PlaylistId playlist) {

    /** The link to the job's file, relative to {@code /submit}. */
    String download() {
        return "download-music/" + job;
    }

    /** The link to the job's page, relative to {@code /submit}. */
    String page() {
        return download() + "?wish=" + wish + (playlist == null ? "" : "&list=" + playlist);
    }
}
