/** Extracts the sound of a video to an audio file, with yt-dlp and ffmpeg. */
@NullMarked
package youtubemp3.worker.extract;

import org.jspecify.annotations.NullMarked;
