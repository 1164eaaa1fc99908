/** Health, metrics and dead letters for an operator, and the scheduled work on overdue jobs. */
@NullMarked
package youtubemp3.web.operations;

import org.jspecify.annotations.NullMarked;
