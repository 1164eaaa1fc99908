package youtubemp3.jobs.storage;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import youtubemp3.jobs.OutputOptions;

/** The store of finished files: workers publish to it, web reads from it, and cleanup removes old files. */
public interface AudioStore {

    /**
     * Publishes a finished file atomically. It replaces an earlier file of the job.
     *
     * @param file the file in {@link #workspace}, which is moved
     * @throws UncheckedIOException when the store cannot be written to
     */
    void publish(Path file, UUID job, OutputOptions output);

    /**
     * Opens the file of a job; empty when it does not exist.
     *
     * @throws UncheckedIOException when the store cannot be read
     */
    Optional<AudioFile> open(UUID job, OutputOptions output);

    /** Whether the file of a job exists. */
    boolean contains(UUID job, OutputOptions output);

    /** How long ago the file of a job was published; empty when it does not exist. */
    Optional<Duration> age(UUID job, OutputOptions output);

    /** Resets the age of a file, so that cleanup keeps it as long as its FINISH. False when the file does not exist. */
    boolean touch(UUID job, OutputOptions output);

    /** The folder for unfinished files, on the same file system, so that a file can be published atomically. */
    Path workspace();

    /**
     * Why another file cannot be stored: the store cannot be used or is full. Empty when one can.
     *
     * @param bytes the space that is needed, in bytes
     */
    Optional<StorageProblem> problem(long bytes);
}
