/** The queue on Redis Streams. */
@NullMarked
package youtubemp3.jobs.queue.redis;

import org.jspecify.annotations.NullMarked;
