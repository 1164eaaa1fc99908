/** Runs child processes and reads their output. */
@NullMarked
package youtubemp3.worker.process;

import org.jspecify.annotations.NullMarked;
