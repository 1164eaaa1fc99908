package youtubemp3.web.video;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;

/** Looks up whether a video exists, in the cache and else at YouTube, with one request for all concurrent callers. */
@Component
public class VideoExistence {

    private final VideoExistenceCache known;
    private final ThumbnailProbe thumbnails;
    private final Map<VideoId, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    VideoExistence(VideoExistenceCache known, ThumbnailProbe thumbnails) {
        this.known = known;
        this.thumbnails = thumbnails;
    }

    /**
     * Returns whether the video exists. Only a clear answer is cached.
     *
     * @throws YouTubeUnreachableException when YouTube gave no clear answer
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public boolean exists(VideoId video) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> others = running.putIfAbsent(video, mine);
        return others == null ? lookFor(video, mine) : join(others);
    }

    private boolean lookFor(VideoId video, CompletableFuture<Boolean> result) {
        try {
            boolean exists = known.exists(video).orElseGet(() -> ask(video));
            result.complete(exists);
            return exists;
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            throw e;
        } finally {
            // after the answer was cached, so that later callers find it there
            running.remove(video, result);
        }
    }

    private boolean ask(VideoId video) {
        boolean exists = thumbnails.exists(video);
        known.remember(video, exists);
        return exists;
    }

    private static boolean join(CompletableFuture<Boolean> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
