/** Turns a submitted link into a job. */
@NullMarked
package youtubemp3.web.submit;

import org.jspecify.annotations.NullMarked;
