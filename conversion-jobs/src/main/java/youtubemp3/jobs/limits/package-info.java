/** Rate limits that all processes share. */
@NullMarked
package youtubemp3.jobs.limits;

import org.jspecify.annotations.NullMarked;
