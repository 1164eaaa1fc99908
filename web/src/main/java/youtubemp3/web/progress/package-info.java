/** How far a job is, for scripts and for the page. */
@NullMarked
package youtubemp3.web.progress;

import org.jspecify.annotations.NullMarked;
