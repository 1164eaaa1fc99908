package youtubemp3.web.http;

/** The MDC keys, which appear in every log line of a request or a job. */
public final class LogContext {

    /** The job's id. */
    public static final String JOB = "job";

    private LogContext() {}
}
