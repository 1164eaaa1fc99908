/** Limits of the requests of one client. */
@NullMarked
package youtubemp3.web.limits;

import org.jspecify.annotations.NullMarked;
