package youtubemp3.jobs.status;

import java.util.UUID;

/**
 * One attempt at a job.
 *
 * @param job the job's id
 * @param number the number of this attempt, from 1, counted across all workers and restarts
 * @param token the fencing token that every write of the attempt carries
 */
public record Attempt(UUID job, int number, long token) {}
