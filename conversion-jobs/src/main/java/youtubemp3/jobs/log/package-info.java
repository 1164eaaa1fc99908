/** What every process writes into its log, and how. */
@NullMarked
package youtubemp3.jobs.log;

import org.jspecify.annotations.NullMarked;
