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
import youtubemp3.worker.WorkerSettings;

/** The folders of running attempts, in the workspace of the store, and whether there is room for another. */
@Component
public class WorkFolders {

    private static final Logger log = LoggerFactory.getLogger(WorkFolders.class);

    private final AudioStore store;
    private final long maxBytes;
    private final int concurrency;

    /** How many attempts have a folder now. */
    private final AtomicInteger attempts = new AtomicInteger();

    WorkFolders(AudioStore store, WorkerSettings settings) {
        this.store = store;
        this.concurrency = settings.jobsAtOnce();
        // twice: while the tag is put in front of it, the sound is there two times
        this.maxBytes = 2 * settings.longestVideo().toSeconds() * settings.bitrate() * 125;
    }

    /**
     * Why no further job can be taken: the store cannot be used, or has no room for the longest video, with every running attempt
     * growing to that. Empty when one can.
     */
    public Optional<String> problem() {
        // where as many run as may, there is no further one to make room for
        return store.problem(maxBytes * Math.min(attempts.get() + 1, concurrency));
    }

    /**
     * An empty folder for one attempt.
     *
     * @throws UncheckedIOException when the store is full, read-only or gone
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

    /** The folder of an attempt; closing removes it and its content. */
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
