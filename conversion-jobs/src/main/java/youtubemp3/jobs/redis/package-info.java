/** Shared helpers of the classes that store values in Redis. */
@NullMarked
package youtubemp3.jobs.redis;

import org.jspecify.annotations.NullMarked;
