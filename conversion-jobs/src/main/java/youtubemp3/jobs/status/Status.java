package youtubemp3.jobs.status;

/** What a job has come to, by the names under which Redis keeps it. */
public enum Status {
    /** Waiting for a worker, with one, or waiting for its next attempt. */
    ONQUEUE,
    /** The file is there. */
    FINISH,
    /** There will be no file; the reason is kept beside the status. */
    FAILED
}
