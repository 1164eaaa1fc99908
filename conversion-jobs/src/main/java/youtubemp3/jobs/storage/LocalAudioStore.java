package youtubemp3.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import youtubemp3.jobs.AudioFormat;

/**
 * Stores finished files in a folder as {@code <uuid>.<extension>}, and unfinished ones in its subfolder {@code work}. Both are on
 * one file system, so that a rename publishes a file atomically.
 */
public class LocalAudioStore implements AudioStore {

    private static final Logger log = LoggerFactory.getLogger(LocalAudioStore.class);

    private final Path folder;

    public LocalAudioStore(StorageSettings settings) {
        this.folder = settings.folder().toAbsolutePath();
    }

    @Override
    public void publish(Path file, UUID job, AudioFormat format) {
        try {
            Files.move(file, path(job, format), StandardCopyOption.ATOMIC_MOVE);
            // the directory entry must survive a power cut too
            try (FileChannel entries = FileChannel.open(folder)) {
                entries.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does not follow symbolic links, which may point outside the folder. */
    @Override
    public Optional<AudioFile> open(UUID job, AudioFormat format) {
        Path path = path(job, format);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            FileChannel content = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new AudioFile(
                    job, format, content, attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            // with NOFOLLOW_LINKS, Java throws a plain IOException if a link has replaced the file meanwhile
            log.warn("{} cannot be opened: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean contains(UUID job, AudioFormat format) {
        return Files.isRegularFile(path(job, format));
    }

    @Override
    public boolean touch(UUID job, AudioFormat format) {
        Path path = path(job, format);
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            log.warn("{} may be removed too early: {}", path, e.toString());
            return true;
        }
    }

    @Override
    public Path workspace() {
        return folder.resolve("work");
    }

    @Override
    public Optional<String> problem(long bytes) {
        if (!Files.isDirectory(folder)) {
            return Optional.of("the folder " + folder + " does not exist");
        }
        if (!Files.isWritable(folder)) {
            return Optional.of("the folder " + folder + " cannot be written to");
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= bytes
                    ? Optional.empty()
                    : Optional.of("the disk is full: " + megabytes(free) + " are free in " + folder + ", and "
                            + megabytes(bytes) + " are needed");
        } catch (IOException e) {
            return Optional.of("the folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private Path path(UUID job, AudioFormat format) {
        return folder.resolve(job + "." + format.extension());
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
