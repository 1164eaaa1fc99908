/** Who may come in, and from where. */
@NullMarked
package youtubemp3.web.access;

import org.jspecify.annotations.NullMarked;
