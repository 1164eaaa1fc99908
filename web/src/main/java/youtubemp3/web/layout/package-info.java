/** The shared layout of all pages. */
@NullMarked
package youtubemp3.web.layout;

import org.jspecify.annotations.NullMarked;
