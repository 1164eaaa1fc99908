/** The workers that are running, by their heartbeats. */
@NullMarked
package youtubemp3.jobs.workers;

import org.jspecify.annotations.NullMarked;
