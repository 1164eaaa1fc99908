/**
 * What web and converter-worker must agree on: the job, its status, and the queue between them. A class belongs here
 * only if both of them need it.
 */
@NullMarked
package youtubemp3.jobs;

import org.jspecify.annotations.NullMarked;
