/** This package describes a video: its metadata, its media files, and how the stand-in responds for it. */
@NullMarked
package youtubemp3.standin.video;

import org.jspecify.annotations.NullMarked;
