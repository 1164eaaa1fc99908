package youtubemp3.web.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The folder of finished files, each named after its job. */
@Component
class Mp3Folder {

    private static final Logger log = LoggerFactory.getLogger(Mp3Folder.class);

    private final Path folder;

    Mp3Folder(DownloadSettings settings) {
        this.folder = settings.folder().toAbsolutePath();
    }

    /** Opens a job's file; empty where there is none. A link is none: it may lead anywhere. */
    Optional<Mp3File> open(UUID job) {
        Path path = folder.resolve(job + ".mp3");
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            FileChannel content = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    new Mp3File(job, content, attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            // Java's exception for a link that is not followed: one has taken the name since the attributes were read
            log.warn("{} cannot be opened: {}", path, e.getMessage());
            return Optional.empty();
        }
    }
}
