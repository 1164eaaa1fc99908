package youtubemp3.web.http;

/**
 * Why a job failed, as part of a response.
 *
 * @param kind the kind's stable name, for scripts
 * @param reason one sentence for people
 */
public record FailureReason(String kind, String reason) {}
