/** Decides when YouTube may be asked for the next video. */
@NullMarked
package youtubemp3.worker.youtube;

import org.jspecify.annotations.NullMarked;
