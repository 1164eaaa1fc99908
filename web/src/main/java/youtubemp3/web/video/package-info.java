/** Parses links to videos, and checks that a video exists. */
@NullMarked
package youtubemp3.web.video;

import org.jspecify.annotations.NullMarked;
