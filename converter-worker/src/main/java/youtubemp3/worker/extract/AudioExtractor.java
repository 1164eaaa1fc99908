package youtubemp3.worker.extract;

import java.nio.file.Path;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Progress;

/** Makes the sound of a video into a file. */
public interface AudioExtractor {

    /**
     * Writes the whole file, tags included, into the folder.
     *
     * @param output what is made of it
     * @param folder an empty folder of this attempt alone, which the caller removes afterwards
     * @return the finished file, synchronized to disk
     * @throws ExtractionException when there is no such file; the exception says why
     * @throws InterruptedException when the thread is interrupted; no child process is left
     */
    Path extract(VideoId video, OutputOptions output, Path folder, Listener listener)
            throws ExtractionException, InterruptedException;

    /** Told of the progress, on the extracting thread. */
    interface Listener {

        /** Called once YouTube has named title and artist. */
        void found(Track track);

        /** Called often. */
        void progress(Progress progress);
    }
}
