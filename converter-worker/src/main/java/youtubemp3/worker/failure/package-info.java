/** Kinds of failure, and when each is tried again. */
@NullMarked
package youtubemp3.worker.failure;

import org.jspecify.annotations.NullMarked;
