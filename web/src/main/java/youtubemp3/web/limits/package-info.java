/** How much one client may ask for. */
@NullMarked
package youtubemp3.web.limits;

import org.jspecify.annotations.NullMarked;
