package youtubemp3.worker.extract;

import java.nio.file.Path;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Progress;

/** Makes the sound of a video into an MP3. */
public interface AudioExtractor {

    /**
     * Writes the whole MP3, tags included, somewhere into the folder.
     *
     * @param folder an empty folder of this attempt alone, which the caller removes afterwards
     * @return the finished file, synchronized to disk
     * @throws ExtractionException when it cannot be had; the exception says why
     * @throws InterruptedException when the thread is interrupted; no child process is left
     */
    Path extract(VideoId video, Path folder, Listener listener) throws ExtractionException, InterruptedException;

    /** Is told how it goes, on the extracting thread. */
    interface Listener {

        /** YouTube has said what the video is called. */
        void found(Track track);

        /** It is this far; called often. */
        void progress(Progress progress);
    }
}
