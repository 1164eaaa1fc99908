/** The finished file, or a page that says why there is none. */
@NullMarked
package youtubemp3.web.download;

import org.jspecify.annotations.NullMarked;
