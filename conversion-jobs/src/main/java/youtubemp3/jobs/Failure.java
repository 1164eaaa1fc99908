package youtubemp3.jobs;

/**
 * Why a job failed.
 *
 * @param kind the kind's stable name, for scripts and metrics, such as {@code PRIVATE}
 * @param reason one sentence for the person who asked
 */
public record Failure(String kind, String reason) {}
