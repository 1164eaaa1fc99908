/** What an operator sees and does: health, metrics, dead letters; and the jobs that are overdue. */
@NullMarked
package youtubemp3.web.operations;

import org.jspecify.annotations.NullMarked;
