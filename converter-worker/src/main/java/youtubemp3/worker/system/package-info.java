/** Settings and the running of the worker itself. */
@NullMarked
package youtubemp3.worker.system;

import org.jspecify.annotations.NullMarked;
