/**
 * The values that web and converter-worker share: the job, its output and its failure. A class belongs in this module only if both
 * need it.
 *
 * <p>Guarantee: a job that was accepted with 201 ends as FINISH with one complete file, or as FAILED with a reason, even if any
 * single process dies at any moment, as long as Redis keeps its disk.
 */
@NullMarked
package youtubemp3.jobs;

import org.jspecify.annotations.NullMarked;
