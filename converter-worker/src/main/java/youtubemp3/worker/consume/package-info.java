/** Takes jobs from the queue while the worker runs. */
@NullMarked
package youtubemp3.worker.consume;

import org.jspecify.annotations.NullMarked;
