/**
 * The values that web and converter-worker must agree on: the job, what it makes, and why it failed. A class belongs into this
 * module only if both of them need it.
 *
 * <p>The promise that all of it serves: a job that was answered with 201 ends as FINISH with one whole file, or as FAILED with a
 * reason, whatever single process dies, at any moment, as long as Redis keeps its disk.
 */
@NullMarked
package youtubemp3.jobs;

import org.jspecify.annotations.NullMarked;
