/** What the classes that store values in Redis share: its clock, and values that cannot be read. */
@NullMarked
package youtubemp3.jobs.redis;

import org.jspecify.annotations.NullMarked;
