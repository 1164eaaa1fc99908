/** Kinds of failure, and the retry policy of each. */
@NullMarked
package youtubemp3.worker.failure;

import org.jspecify.annotations.NullMarked;
