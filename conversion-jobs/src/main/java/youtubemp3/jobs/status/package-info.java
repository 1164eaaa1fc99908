/** What has become of each job, as Redis holds it. */
@NullMarked
package youtubemp3.jobs.status;

import org.jspecify.annotations.NullMarked;
