package youtubemp3.standin.video;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The same audio as YouTube offers it; one of the two files may be missing.
 *
 * @param webm Opus in WebM, YouTube's format 251
 * @param m4a AAC in MP4, YouTube's format 140
 * @param duration how long they play
 */
public record MediaFiles(@Nullable Path webm, @Nullable Path m4a, Duration duration) {

    public MediaFiles {
        if (webm == null && m4a == null) {
            throw new IllegalArgumentException("neither WebM nor M4A");
        }
    }
}
