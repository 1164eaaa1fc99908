package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.failure.Diagnosis;

/**
 * The operator's cookies for yt-dlp, and whether YouTube still accepts them. It invalidates them after a while, in particular those of a
 * browser that is used further; then they have to be exported again.
 */
@Component
public class Cookies {

    private static final Logger log = LoggerFactory.getLogger(Cookies.class);

    private final @Nullable Path file;
    private final InstantSource clock;
    private volatile @Nullable Instant expired;

    Cookies(WorkerSettings settings, InstantSource clock) {
        this.file = settings.cookies();
        this.clock = clock;
    }

    /** Since when YouTube has no longer accepted them; empty if it does, or if there are none. */
    public Optional<Instant> expired() {
        return Optional.ofNullable(expired);
    }

    /** Copies them for one attempt, since yt-dlp rewrites the file when it ends. Empty if there are none. */
    Optional<Path> copyTo(Path folder) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        Path copy = folder.resolve("cookies.txt");
        Files.deleteIfExists(copy);
        Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(copy, Files.readAllBytes(file));
        return Optional.of(copy);
    }

    /**
     * Takes note of an attempt that has ended.
     *
     * @param output the standard error of yt-dlp
     * @param downloaded whether the sound was downloaded, or the playlist listed, without which the absence of the warning says
     *     nothing
     */
    public synchronized void used(String output, boolean downloaded) {
        if (file == null) {
            return;
        }
        if (Diagnosis.haveCookiesExpired(output)) {
            if (expired == null) {
                expired = clock.instant();
                log.error("YouTube no longer accepts the cookies in {}; export them again and replace the file", file);
            }
        } else if (downloaded && expired != null) {
            expired = null;
            log.info("YouTube accepts the cookies in {} again", file);
        }
    }
}
