package youtubemp3.web.http;

/** Keys of the log's context (MDC), as they appear in every line that belongs to a request or a job. */
public final class LogContext {

    /** The job's id. */
    public static final String JOB = "job";

    private LogContext() {}
}
