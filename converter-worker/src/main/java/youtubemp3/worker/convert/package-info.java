/** A job, from its delivery to its file or its failure. */
@NullMarked
package youtubemp3.worker.convert;

import org.jspecify.annotations.NullMarked;
