package youtubemp3.worker.extract;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The sound of a video, or of a part of it, without tags.
 *
 * @param video the metadata of the video
 * @param file the file in the folder of the attempt
 * @param length the length of the sound
 */
record Sound(Metadata video, Path file, Duration length) {}
