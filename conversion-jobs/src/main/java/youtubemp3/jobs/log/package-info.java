/** Escapes untrusted text in the logs of all processes. */
@NullMarked
package youtubemp3.jobs.log;

import org.jspecify.annotations.NullMarked;
