/** What may be chosen about the files that are made. */
@NullMarked
package youtubemp3.web.output;

import org.jspecify.annotations.NullMarked;
