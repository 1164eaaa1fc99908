package youtubemp3.jobs.status;

import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;

/**
 * The stored state of a job.
 *
 * @param status the status
 * @param progress the progress of the latest attempt
 * @param video the video, or null if the details have expired before the status
 * @param output the format and options of the file
 * @param track title and artist, or null while they are not known
 * @param attempt the number of the latest attempt, from 1; 0 before the first
 * @param failure why the job or its latest attempt failed, or null
 */
public record JobStatus(
        Status status,
        Progress progress,
        @Nullable VideoId video,
        OutputOptions output,
        @Nullable Track track,
        int attempt,
        @Nullable Failure failure) {}
