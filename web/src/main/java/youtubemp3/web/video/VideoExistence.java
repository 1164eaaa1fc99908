package youtubemp3.web.video;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.youtube.KnownVideos;

/** Asks YouTube whether a video exists, once for all concurrent requests about the same video. */
@Component
public class VideoExistence {

    private final KnownVideos known;
    private final Optional<ThumbnailProbe> thumbnails;
    private final Map<VideoId, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    VideoExistence(KnownVideos known, Optional<ThumbnailProbe> thumbnails) {
        this.known = known;
        this.thumbnails = thumbnails;
    }

    /**
     * Returns whether the video exists. Only a definite result is cached. Without a way to ask, each video may exist, and the worker
     * tells.
     *
     * @throws YouTubeUnreachableException when YouTube sends no response, or one that does not tell
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public boolean ask(VideoId video) {
        return thumbnails.map(probe -> ask(video, probe)).orElse(true);
    }

    private boolean ask(VideoId video, ThumbnailProbe probe) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> others = running.putIfAbsent(video, mine);
        return others == null ? ask(video, probe, mine) : join(others);
    }

    private boolean ask(VideoId video, ThumbnailProbe probe, CompletableFuture<Boolean> result) {
        try {
            // another request may have filled the cache since this one read it
            Boolean answered = known.find(video).exists();
            boolean exists = answered == null ? probe.exists(video) : answered;
            if (answered == null) {
                known.remember(video, exists);
            }
            result.complete(exists);
            return exists;
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            throw e;
        } finally {
            // after the result was cached, where later requests find it
            running.remove(video, result);
        }
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
