package youtubemp3.web.submit;

import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.limits.TooManyRequestsException;

/** A link that does not become a job, and why. */
class SubmissionRejectedException extends RuntimeException {

    static final String FIELD = "video_url";

    private final HttpStatus status;
    private final transient ApiResponse answer;
    private final transient Optional<String> retryAfter;

    private SubmissionRejectedException(HttpStatus status, ApiResponse answer, Optional<String> retryAfter) {
        super(answer.message(), null, false, false);
        this.status = status;
        this.answer = answer;
        this.retryAfter = retryAfter;
    }

    /** For a reason that is not in the link. */
    static SubmissionRejectedException of(MessageCode code) {
        return of(code, code.status());
    }

    static SubmissionRejectedException of(MessageCode code, HttpStatus status) {
        return new SubmissionRejectedException(status, ApiResponse.error(code), code.retryAfter());
    }

    /** For a client that has had its share; the sentence says of what. */
    static SubmissionRejectedException of(TooManyRequestsException e) {
        MessageCode code = MessageCode.TOO_MANY_REQUESTS;
        return new SubmissionRejectedException(
                code.status(), ApiResponse.error(code, e.getMessage(), Map.of()), e.retryAfter());
    }

    /** With a sentence more precise than the code's own. */
    static SubmissionRejectedException of(MessageCode code, String message) {
        return new SubmissionRejectedException(
                code.status(), ApiResponse.error(code, message, Map.of()), code.retryAfter());
    }

    /** For a reason that is in the link. */
    static SubmissionRejectedException ofField(MessageCode code, String message) {
        return new SubmissionRejectedException(
                code.status(), ApiResponse.error(code, message, Map.of(FIELD, message)), code.retryAfter());
    }

    HttpStatus status() {
        return status;
    }

    ApiResponse answer() {
        return answer;
    }

    /** When it makes sense to try again, as the header of that name; empty where it does not. */
    Optional<String> retryAfter() {
        return retryAfter;
    }

    ResponseEntity<ApiResponse> response() {
        ResponseEntity<ApiResponse> response = answer.as(status);
        return retryAfter
                .map(seconds -> ResponseEntity.status(status)
                        .headers(response.getHeaders())
                        .headers(headers -> headers.set(HttpHeaders.RETRY_AFTER, seconds))
                        .body(answer))
                .orElse(response);
    }
}
