/** The page with the form. */
@NullMarked
package youtubemp3.web.home;

import org.jspecify.annotations.NullMarked;
