/** The queue between web and the workers, independent of the broker. */
@NullMarked
package youtubemp3.jobs.queue;

import org.jspecify.annotations.NullMarked;
