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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.storage.StorageProblem.Reason;

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
    public void publish(Path file, UUID job, OutputOptions output) {
        try {
            Files.move(file, path(job, output), StandardCopyOption.ATOMIC_MOVE);
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
    public Optional<AudioFile> open(UUID job, OutputOptions output) {
        Path path = path(job, output);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            FileChannel content = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new AudioFile(
                    job, output, content, attributes.lastModifiedTime().toInstant()));
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
    public boolean contains(UUID job, OutputOptions output) {
        return Files.isRegularFile(path(job, output));
    }

    @Override
    public Optional<Duration> age(UUID job, OutputOptions output) {
        Path path = path(job, output);
        try {
            Instant modified = Files.getLastModifiedTime(path).toInstant();
            return Optional.of(Duration.between(modified, Instant.now()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", path, e.toString());
            return Optional.empty();
        }
    }

    @Override
    public boolean touch(UUID job, OutputOptions output) {
        Path path = path(job, output);
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
    public Optional<StorageProblem> problem(long bytes) {
        if (!Files.isDirectory(folder)) {
            return notWritable("the folder " + folder + " does not exist");
        }
        for (Path written : List.of(folder, workspace())) {
            if (Files.isDirectory(written) && !Files.isWritable(written)) {
                return notWritable("the folder " + written + " cannot be written to" + reason(written));
            }
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= bytes
                    ? Optional.empty()
                    : Optional.of(new StorageProblem(
                            Reason.FULL,
                            "the disk is full: " + megabytes(free) + " are free in " + folder + ", and "
                                    + megabytes(bytes) + " are needed"));
        } catch (IOException e) {
            return notWritable("the folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<StorageProblem> notWritable(String description) {
        return Optional.of(new StorageProblem(Reason.NOT_WRITABLE, description));
    }

    /** Why this process may not write to the folder, in numbers, since a container has no names for the users of its machine. */
    private static String reason(Path folder) {
        try {
            return Files.getFileStore(folder).isReadOnly()
                    ? ": its file system is read-only"
                    : ": it belongs to " + owner(folder) + " with permissions "
                            + PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                            + ", and this process runs as " + owner(Path.of("/proc/self"));
        } catch (IOException | UnsupportedOperationException e) {
            // not Linux
            return "";
        }
    }

    /** Such as {@code 10001:10001}, user and group. */
    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }

    private Path path(UUID job, OutputOptions output) {
        return folder.resolve(job + "." + output.extension());
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
