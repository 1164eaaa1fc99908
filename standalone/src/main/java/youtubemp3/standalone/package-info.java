/** All services in one process, on a machine without Docker; with {@code --demo}, even without YouTube. */
@NullMarked
package youtubemp3.standalone;

import org.jspecify.annotations.NullMarked;
