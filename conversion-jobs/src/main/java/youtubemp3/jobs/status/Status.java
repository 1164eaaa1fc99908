package youtubemp3.jobs.status;

/** The status of a job; Redis and the API use the constants' names. */
public enum Status {
    /** The job is open: it waits for a worker, runs, or waits for its next attempt. */
    ONQUEUE,
    /** The file has been published. */
    FINISH,
    /** The job ended without a file; the failure is stored with the status. */
    FAILED
}
