package youtubemp3.jobs;

import java.util.UUID;

/**
 * The request to convert one video into one file.
 *
 * @param id the id that the file, the status and the download carry; it is the same for equal videos and outputs
 * @param video the video
 * @param output what is made of it
 */
public record Job(UUID id, VideoId video, OutputOptions output) {}
