package youtubemp3.worker.library;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.worker.extract.ExtractedAudio;

/**
 * Keeps finished files for good in a folder for media servers, if there is one. A library that is full, not writable or away does not
 * stop a job: its file is then left out of the library, and the log says so.
 */
@Component
public class Library implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Library.class);

    /** How many files may be written at the same time, of which those that a folder on a network never ends are the most. */
    private static final int MAX_THREADS = 16;

    private final LibrarySettings settings;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MAX_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), Library::thread);

    Library(LibrarySettings settings) {
        this.settings = settings;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "library");
        // a thread that hangs in a folder on a network cannot be ended
        thread.setDaemon(true);
        return thread;
    }

    /** Copies the file into the library, or returns without it after {@link LibrarySettings#timeout}. */
    public void keep(Job job, ExtractedAudio audio) throws InterruptedException {
        if (settings.folder() == null) {
            return;
        }
        LibraryFolder folder = new LibraryFolder(settings.folder(), settings.pattern());
        Callable<Void> task = () -> {
            folder.add(job, audio);
            return null;
        };
        Future<Void> copied = null;
        try {
            copied = threads.submit(task);
            copied.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            log.error("Job {} is not in the library: {}", job.id(), reason(e.getCause()));
        } catch (TimeoutException | RejectedExecutionException e) {
            log.error("Job {} is not in the library: the folder {} does not answer", job.id(), settings.folder());
        } finally {
            if (copied != null) {
                copied.cancel(true);
            }
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof IOException ? cause.toString() : "an unexpected fault, " + cause;
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
