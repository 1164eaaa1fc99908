/** Runs all services in one process, without Docker, and with {@code --demo} also without YouTube. */
@NullMarked
package youtubemp3.standalone;

import org.jspecify.annotations.NullMarked;
