/**
 * A YouTube on loopback that the real, unmodified yt-dlp talks to through {@code --proxy}.
 *
 * <p>Start with {@link youtubemp3.standin.YouTubeStandIn}; what a video does is a {@link youtubemp3.standin.Video}, the bad
 * days are in {@link youtubemp3.standin.Scenario}.
 */
@NullMarked
package youtubemp3.standin;

import org.jspecify.annotations.NullMarked;
