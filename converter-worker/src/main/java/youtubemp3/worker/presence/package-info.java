/** That this worker is there, and with which tools. */
@NullMarked
package youtubemp3.worker.presence;

import org.jspecify.annotations.NullMarked;
