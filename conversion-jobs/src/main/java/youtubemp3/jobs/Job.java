package youtubemp3.jobs;

import java.util.UUID;

/**
 * The request to convert one video into one file.
 *
 * @param id the id that the file, the status and the download carry
 * @param video the video
 * @param output what is made of it
 */
public record Job(UUID id, VideoId video, OutputOptions output) {

    /** A new job for this video, with the default options, under a random id that cannot be guessed. */
    public static Job of(VideoId video) {
        return new Job(UUID.randomUUID(), video, OutputOptions.DEFAULT);
    }
}
