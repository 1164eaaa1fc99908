/** Sends finished files, or a page with the reason why there is none. */
@NullMarked
package youtubemp3.web.download;

import org.jspecify.annotations.NullMarked;
