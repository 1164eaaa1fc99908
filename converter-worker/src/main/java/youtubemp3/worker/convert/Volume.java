package youtubemp3.worker.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import youtubemp3.worker.system.WorkerSettings;

/**
 * The volume: finished files as {@code <uuid>.mp3}, unfinished ones below {@code work}. Both are on one file system, so that
 * a file appears whole, by a rename, or not at all.
 */
@Component
class Volume {

    private static final Logger log = LoggerFactory.getLogger(Volume.class);

    private final Path folder;

    Volume(WorkerSettings settings) {
        this.folder = settings.folder();
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
            return new WorkFolder(path.toAbsolutePath());
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
            Files.move(mp3, folder.resolve(id + ".mp3"), StandardCopyOption.ATOMIC_MOVE);
            // the name too is to outlast a power cut
            try (FileChannel entries = FileChannel.open(folder)) {
                entries.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An attempt's folder; closing removes it with all that is in it. */
    record WorkFolder(Path path) implements AutoCloseable {

        @Override
        public void close() {
            try {
                FileSystemUtils.deleteRecursively(path);
            } catch (IOException e) {
                log.warn("{} stays for cleanup to remove: {}", path, e.toString());
            }
        }
    }
}
