/**
 * This module replaces YouTube in tests and in the demo: it runs on loopback, and the real, unmodified yt-dlp reaches it
 * through {@code --proxy}.
 *
 * <p>{@link youtubemp3.standin.YouTubeStandIn} starts and stops the server. A {@link youtubemp3.standin.video.Video}
 * describes one video and its faults; {@link youtubemp3.standin.Scenario} lists a video for each failure that the product
 * handles, {@link youtubemp3.standin.PlaylistScenario} a playlist for each way in which YouTube shows one.
 *
 * <p>The packages below do not depend on this one, and their dependencies on each other have no cycles:
 *
 * <ul>
 *   <li>{@link youtubemp3.standin.proxy}: contains the forward proxy, and the certificate for YouTube's host names
 *   <li>{@link youtubemp3.standin.pages}: sends the watch page, playlists, the player response and the thumbnails
 *   <li>{@link youtubemp3.standin.media}: makes the audio files, and sends them
 *   <li>{@link youtubemp3.standin.music}: computes the music
 *   <li>{@link youtubemp3.standin.video}: describes videos and playlists
 *   <li>{@link youtubemp3.standin.http}: reads HTTP requests, and sends HTTP responses
 *   <li>{@link youtubemp3.standin.process}: runs external programs
 * </ul>
 */
@NullMarked
package youtubemp3.standin;

import org.jspecify.annotations.NullMarked;
