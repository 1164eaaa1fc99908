package youtubemp3.worker.extract;

import java.nio.file.Path;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Progress;

/** Converts the sound of a video to an audio file. */
public interface AudioExtractor {

    /** The highest bit rate of a file, in kbit/s. */
    int MAX_BITRATE = 320;

    /**
     * Writes the complete file, tags included, into the folder.
     *
     * @param output the format and options of the file
     * @param folder an empty folder for this attempt only, which the caller removes afterwards
     * @throws ExtractionException when the video cannot be converted, with the kind of failure
     * @throws InterruptedException when the thread is interrupted; all child processes have been ended
     */
    ExtractedAudio extract(VideoId video, OutputOptions output, Path folder, Listener listener)
            throws ExtractionException, InterruptedException;

    /** Receives the progress, on the extracting thread. */
    interface Listener {

        /** Called once, as soon as title and artist are known. */
        void found(Track track);

        /** Called several times a second. */
        void progress(Progress progress);
    }
}
