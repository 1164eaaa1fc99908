/** Playlists to choose videos from, and the batches of jobs that are made of them. */
@NullMarked
package youtubemp3.web.playlist;

import org.jspecify.annotations.NullMarked;
