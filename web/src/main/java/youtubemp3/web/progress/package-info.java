/** The progress of a job, for scripts and for the page. */
@NullMarked
package youtubemp3.web.progress;

import org.jspecify.annotations.NullMarked;
