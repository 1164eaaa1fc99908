/** The converter-worker service: takes jobs, runs yt-dlp and ffmpeg, publishes MP3 files. */
@NullMarked
package youtubemp3.worker;

import org.jspecify.annotations.NullMarked;
