package youtubemp3.worker.extract;

import java.nio.file.Path;
import youtubemp3.jobs.Track;

/**
 * A finished file, with what it says about itself. Texts are empty if unknown.
 *
 * @param file the file in the folder of the attempt, synchronized to disk
 * @param track title and artist
 * @param album the title of the album
 * @param trackNumber the number of the track in it, from 1
 * @param year four digits
 */
public record ExtractedAudio(Path file, Track track, String album, String trackNumber, String year) {}
