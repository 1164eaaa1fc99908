/** Keeping finished files in a music library. */
@NullMarked
package youtubemp3.worker.library;

import org.jspecify.annotations.NullMarked;
