package youtubemp3.standin.video;

/**
 * Describes a failure of the first requests for a video's media.
 *
 * @param requests the number of requests that fail
 * @param status the HTTP status of the failed requests
 */
public record TemporaryFailure(int requests, int status) {

    static final TemporaryFailure NONE = new TemporaryFailure(0, 503);
}
