package youtubemp3.worker.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import youtubemp3.worker.WorkerSettings;

/**
 * The volume: finished files as {@code <uuid>.mp3}, unfinished ones below {@code work}. Both are on one file system, so that
 * a file appears whole, by a rename, or not at all.
 */
@Component
public class Volume {

    private static final Logger log = LoggerFactory.getLogger(Volume.class);

    private final Path folder;
    private final long longest;
    private final int atOnce;

    /** How many attempts have a folder here now. */
    private final AtomicInteger attempts = new AtomicInteger();

    Volume(WorkerSettings settings) {
        this.folder = settings.folder();
        this.atOnce = settings.jobsAtOnce();
        // twice: while the tag is put in front of it, the sound is there two times
        this.longest = 2 * settings.longestVideo().toSeconds() * settings.bitrate() * 125;
    }

    /**
     * Why no further job can be taken: the folder cannot be used, or has no room for the longest video, with every attempt
     * that runs growing to that. Empty when one can.
     */
    public Optional<String> problem() {
        if (!Files.isDirectory(folder)) {
            return Optional.of("the folder " + folder + " is not there");
        }
        if (!Files.isWritable(folder)) {
            return Optional.of("the folder " + folder + " cannot be written to");
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            // where all run already, there is no further one to make room for
            long needed = longest * Math.min(attempts.get() + 1, atOnce);
            return free >= needed
                    ? Optional.empty()
                    : Optional.of("the disk is full: " + megabytes(free) + " are free in " + folder + ", and "
                            + megabytes(needed) + " are needed");
        } catch (IOException e) {
            return Optional.of("the folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }

    /**
     * A fresh, empty folder for one attempt.
     *
     * @throws UncheckedIOException when the volume is full, read-only or gone
     */
    WorkFolder workFolder(UUID id, long token) {
        Path path = folder.resolve("work").resolve(id + "." + token);
        try {
            FileSystemUtils.deleteRecursively(path);
            Files.createDirectories(path);
            attempts.incrementAndGet();
            return new WorkFolder(path.toAbsolutePath(), attempts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the finished file appear under its final name.
     *
     * @throws UncheckedIOException when it cannot be renamed
     */
    void publish(Path mp3, UUID id) {
        try {
            Files.move(mp3, mp3(id), StandardCopyOption.ATOMIC_MOVE);
            // the name too is to outlast a power cut
            try (FileChannel entries = FileChannel.open(folder)) {
                entries.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the finished file of a job is there, whoever made it. */
    boolean holds(UUID id) {
        return Files.isRegularFile(mp3(id));
    }

    /** Begins its age anew, for cleanup to keep it as long as its FINISH. False when it is not there any more. */
    boolean renew(UUID id) {
        try {
            Files.setLastModifiedTime(mp3(id), FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            log.warn("{} may be removed too early: {}", mp3(id), e.toString());
            return true;
        }
    }

    private Path mp3(UUID id) {
        return folder.resolve(id + ".mp3");
    }

    /** An attempt's folder; closing removes it with all that is in it. */
    record WorkFolder(Path path, AtomicInteger attempts) implements AutoCloseable {

        @Override
        public void close() {
            attempts.decrementAndGet();
            try {
                FileSystemUtils.deleteRecursively(path);
            } catch (IOException e) {
                log.warn("{} stays for cleanup to remove: {}", path, e.toString());
            }
        }
    }
}
