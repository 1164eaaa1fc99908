/** Playlists: their ids, what is in them, and the queue of those that a worker has to list. */
@NullMarked
package youtubemp3.jobs.playlist;

import org.jspecify.annotations.NullMarked;
