package youtubemp3.jobs.status;

import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;

/**
 * All that Redis knows of a job.
 *
 * @param status what it has come to
 * @param progress how far it is
 * @param video the video, or null where its details have gone before the status did
 * @param track title and artist, or null while YouTube has not been asked
 * @param attempt the attempt that runs or ran last, from 1; 0 before the first
 * @param failure why it failed, or why the next attempt is needed, or null
 */
public record JobStatus(
        Status status,
        Progress progress,
        @Nullable VideoId video,
        @Nullable Track track,
        int attempt,
        @Nullable Failure failure) {}
