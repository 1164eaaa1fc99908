package youtubemp3.standin.video;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Names the files with the same audio in the two formats that YouTube offers. One of the two files may be missing.
 *
 * @param webm Opus in WebM, YouTube's format 251
 * @param m4a AAC in MP4, YouTube's format 140
 * @param duration the duration of the audio
 */
public record MediaFiles(@Nullable Path webm, @Nullable Path m4a, Duration duration) {

    /** This itag, YouTube's number of a format, stands for Opus in WebM with about 128 kbit/s. */
    public static final String ITAG_WEBM = "251";

    /** This itag stands for AAC in MP4 with about 128 kbit/s. */
    public static final String ITAG_M4A = "140";

    /** @throws IllegalArgumentException if both files are missing */
    public MediaFiles {
        if (webm == null && m4a == null) {
            throw new IllegalArgumentException("neither WebM nor M4A");
        }
    }

    /** Returns the file with this itag, or null if there is none. */
    public @Nullable Path file(String itag) {
        return switch (itag) {
            case ITAG_WEBM -> webm;
            case ITAG_M4A -> m4a;
            default -> null;
        };
    }
}
