@NullMarked
package youtubemp3.worker;

import org.jspecify.annotations.NullMarked;
