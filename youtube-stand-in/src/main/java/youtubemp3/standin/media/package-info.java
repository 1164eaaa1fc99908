/** This package encodes the audio of the videos with ffmpeg, and sends it to clients. */
@NullMarked
package youtubemp3.standin.media;

import org.jspecify.annotations.NullMarked;
