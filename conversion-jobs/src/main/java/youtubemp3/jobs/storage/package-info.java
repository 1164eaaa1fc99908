/** The store of finished files, which alone determines their names. */
@NullMarked
package youtubemp3.jobs.storage;

import org.jspecify.annotations.NullMarked;
