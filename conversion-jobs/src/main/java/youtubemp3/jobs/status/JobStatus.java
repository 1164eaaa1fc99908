package youtubemp3.jobs.status;

import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;

/**
 * All that Redis knows of a job.
 *
 * @param status what has become of it
 * @param progress how far it is
 * @param video the video, or null where the details have expired before the status
 * @param output what is made of the video
 * @param track title and artist, or null while they are not known
 * @param attempt the number of the attempt that runs or ran last, from 1; 0 before the first
 * @param failure why it failed, or why the next attempt is needed, or null
 */
public record JobStatus(
        Status status,
        Progress progress,
        @Nullable VideoId video,
        OutputOptions output,
        @Nullable Track track,
        int attempt,
        @Nullable Failure failure) {}
