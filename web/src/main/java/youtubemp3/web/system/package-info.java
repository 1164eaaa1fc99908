/** What every answer has in common, and what those who run the service look at. */
@NullMarked
package youtubemp3.web.system;

import org.jspecify.annotations.NullMarked;
