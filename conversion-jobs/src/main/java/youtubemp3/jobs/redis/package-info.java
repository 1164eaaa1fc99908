/** The queue on Redis Streams. */
@NullMarked
package youtubemp3.jobs.redis;

import org.jspecify.annotations.NullMarked;
