/** The sound of a video as an MP3: yt-dlp and ffmpeg, and what they say when it goes wrong. */
@NullMarked
package youtubemp3.worker.extract;

import org.jspecify.annotations.NullMarked;
