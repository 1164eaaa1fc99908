/** What all pages have in common. */
@NullMarked
package youtubemp3.web.layout;

import org.jspecify.annotations.NullMarked;
