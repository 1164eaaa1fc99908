/** A pasted link becomes a job. */
@NullMarked
package youtubemp3.web.submit;

import org.jspecify.annotations.NullMarked;
