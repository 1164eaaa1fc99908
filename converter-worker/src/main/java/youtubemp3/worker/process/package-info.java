/** Child processes and what they write. */
@NullMarked
package youtubemp3.worker.process;

import org.jspecify.annotations.NullMarked;
