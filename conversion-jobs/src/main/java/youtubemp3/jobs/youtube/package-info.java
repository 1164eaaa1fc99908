/** What all processes know of YouTube: whether it refuses this server, and which videos cannot be converted. */
@NullMarked
package youtubemp3.jobs.youtube;

import org.jspecify.annotations.NullMarked;
