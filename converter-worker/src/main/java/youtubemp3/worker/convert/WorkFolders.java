package youtubemp3.worker.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import youtubemp3.jobs.status.Attempt;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.jobs.storage.StorageProblem;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor;

/** Creates the folders of running attempts in the store's workspace, and checks that there is room for another. */
@Component
public class WorkFolders {

    private static final Logger log = LoggerFactory.getLogger(WorkFolders.class);

    private final AudioStore store;
    private final long maxBytes;
    private final int concurrency;

    /** The number of attempts that have a folder now. */
    private final AtomicInteger attempts = new AtomicInteger();

    WorkFolders(AudioStore store, WorkerSettings settings) {
        this.store = store;
        this.concurrency = settings.jobsAtOnce();
        // twice: tags and archives are written into a copy of the sound. A job may ask for more than the bit rate of
        // the settings
        this.maxBytes = 2 * settings.longestVideo().toSeconds() * AudioExtractor.MAX_BITRATE * 125;
    }

    /**
     * Why another job cannot be taken: the store cannot be used, or lacks the room for this job and all running ones at the
     * largest size. Empty when one can.
     */
    public Optional<StorageProblem> problem() {
        // at full concurrency, only the running attempts need room
        return store.problem(maxBytes * Math.min(attempts.get() + 1, concurrency));
    }

    /**
     * Creates an empty folder for one attempt.
     *
     * @throws UncheckedIOException when the store is full, read-only or missing
     */
    WorkFolder create(Attempt attempt) {
        Path path = store.workspace().resolve(attempt.job() + "." + attempt.token());
        try {
            FileSystemUtils.deleteRecursively(path);
            Files.createDirectories(path);
            attempts.incrementAndGet();
            return new WorkFolder(path, attempts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of an attempt. Closing deletes it with its content. */
    record WorkFolder(Path path, AtomicInteger attempts) implements AutoCloseable {

        @Override
        public void close() {
            attempts.decrementAndGet();
            try {
                FileSystemUtils.deleteRecursively(path);
            } catch (IOException e) {
                log.warn("{} cannot be deleted and is left to cleanup: {}", path, e.toString());
            }
        }
    }
}
