package youtubemp3.jobs;

import java.util.UUID;

/** The request to convert one video into one file. The file, the status and the download all carry the job's id. */
public record Job(UUID id, VideoId video) {

    /** A new job for this video, under an id that nobody can guess. */
    public static Job of(VideoId video) {
        return new Job(UUID.randomUUID(), video);
    }
}
