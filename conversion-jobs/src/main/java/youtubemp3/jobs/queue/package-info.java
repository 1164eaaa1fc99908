/** The queue between web and the workers: its two ends, what a worker does with a job, and what becomes of it. */
@NullMarked
package youtubemp3.jobs.queue;

import org.jspecify.annotations.NullMarked;
