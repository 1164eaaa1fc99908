package youtubemp3.worker.playlist;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Lists playlists one after another, from the start of the application to its shutdown, on a thread that no job uses: a person who waits
 * for the list has it within seconds even while conversions fill the queue.
 */
@Component
class PlaylistListerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PlaylistListerLifecycle.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** How long the end of an interrupted yt-dlp may take. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final ListPlaylist handler;
    private volatile boolean running;
    private @Nullable Thread thread;

    PlaylistListerLifecycle(ListPlaylist handler) {
        this.handler = handler;
    }

    @Override
    public void start() {
        running = true;
        thread = new Thread(this::listUntilStopped, "playlist-lister");
        thread.start();
    }

    /** Interrupts a listing: it takes seconds, and another worker begins it anew. */
    @Override
    public void stop() {
        running = false;
        Thread current = thread;
        if (current == null) {
            return;
        }
        current.interrupt();
        try {
            current.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void listUntilStopped() {
        while (running) {
            try {
                if (!handler.listNext()) {
                    TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
                }
            } catch (InterruptedException e) {
                // only stop() interrupts, and the loop checks for it next
                log.trace("interrupted", e);
            } catch (RuntimeException | Error e) {
                // the thread must survive, since it is not replaced; Redis is unreachable
                log.warn(
                        "Cannot list playlists: {}",
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            // as above
            log.trace("interrupted", e);
        }
    }
}
