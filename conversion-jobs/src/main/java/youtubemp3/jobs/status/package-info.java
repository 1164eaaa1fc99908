/** The status of each job in Redis. */
@NullMarked
package youtubemp3.jobs.status;

import org.jspecify.annotations.NullMarked;
