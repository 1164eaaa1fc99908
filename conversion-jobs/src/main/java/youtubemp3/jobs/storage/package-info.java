/** The store of finished files. It alone knows their names. */
@NullMarked
package youtubemp3.jobs.storage;

import org.jspecify.annotations.NullMarked;
