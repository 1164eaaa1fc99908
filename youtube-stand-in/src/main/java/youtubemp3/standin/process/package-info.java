/** This package runs external programs: ffmpeg, ffprobe and keytool. */
@NullMarked
package youtubemp3.standin.process;

import org.jspecify.annotations.NullMarked;
