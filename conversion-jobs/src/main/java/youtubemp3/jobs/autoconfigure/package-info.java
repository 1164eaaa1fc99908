/** The beans of this module, for Spring Boot to find. */
@NullMarked
package youtubemp3.jobs.autoconfigure;

import org.jspecify.annotations.NullMarked;
