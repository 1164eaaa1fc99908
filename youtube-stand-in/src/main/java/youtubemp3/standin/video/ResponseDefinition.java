package youtubemp3.standin.video;

import java.time.Duration;

/**
 * Describes the HTTP status of a response, and the time that passes before the response starts.
 *
 * @param status the HTTP status
 * @param delay the time between the request and the start of the response
 */
public record ResponseDefinition(int status, Duration delay) {

    static final ResponseDefinition OK = new ResponseDefinition(200, Duration.ZERO);

    /** Returns whether the status is 200. */
    public boolean isOk() {
        return status == 200;
    }

    ResponseDefinition withStatus(int other) {
        return new ResponseDefinition(other, delay);
    }

    ResponseDefinition withDelay(Duration other) {
        return new ResponseDefinition(status, other);
    }
}
