/** Lists playlists while the worker runs, beside its jobs. */
@NullMarked
package youtubemp3.worker.playlist;

import org.jspecify.annotations.NullMarked;
