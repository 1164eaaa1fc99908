/** What the classes that store values in Redis have in common. */
@NullMarked
package youtubemp3.jobs.redis;

import org.jspecify.annotations.NullMarked;
