/** Taking a submission back. */
@NullMarked
package youtubemp3.web.cancel;

import org.jspecify.annotations.NullMarked;
