package youtubemp3.worker.extract;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.AlbumTrack;

/**
 * The sound of a video, or of a part of it, without tags.
 *
 * @param video the metadata of the video
 * @param file the file in the folder of the attempt
 * @param length the length of the sound
 */
record Sound(Metadata video, Path file, Duration length) {

    /** This sound with a place in an album; null for that which the video states. */
    Sound in(@Nullable AlbumTrack place) {
        return new Sound(video.in(place), file, length);
    }
}
