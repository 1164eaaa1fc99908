/** From a link to a video that exists. */
@NullMarked
package youtubemp3.web.video;

import org.jspecify.annotations.NullMarked;
