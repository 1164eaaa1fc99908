package youtubemp3.jobs.storage;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import youtubemp3.jobs.AudioFormat;

/** The store of finished files: workers publish into it, web reads from it, cleanup removes what is old. */
public interface AudioStore {

    /**
     * Makes a finished file available, whole or not at all. It replaces one that is there.
     *
     * @param file the file, in {@link #workspace}; it is gone afterwards
     * @throws UncheckedIOException when the store cannot be written to
     */
    void publish(Path file, UUID job, AudioFormat format);

    /**
     * Opens the file of a job; empty where there is none.
     *
     * @throws UncheckedIOException when the store cannot be read
     */
    Optional<AudioFile> open(UUID job, AudioFormat format);

    /** Whether the file of a job is there. */
    boolean contains(UUID job, AudioFormat format);

    /** Begins the age of a file anew, so that cleanup keeps it as long as its FINISH. False when there is none. */
    boolean touch(UUID job, AudioFormat format);

    /** The folder for unfinished files, from which a file can be published at once. */
    Path workspace();

    /**
     * Why no further file can be stored: the store cannot be used, or has no room. Empty when one can.
     *
     * @param bytes how much room is needed
     */
    Optional<String> problem(long bytes);
}
