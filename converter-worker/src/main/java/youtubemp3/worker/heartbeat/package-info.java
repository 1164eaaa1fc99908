/** Sends heartbeats of this worker, with the versions of its tools. */
@NullMarked
package youtubemp3.worker.heartbeat;

import org.jspecify.annotations.NullMarked;
