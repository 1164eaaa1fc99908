package youtubemp3.web.submit;

import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import youtubemp3.web.limits.TooManyRequestsException;
import youtubemp3.web.system.Answer;
import youtubemp3.web.system.MessageCode;

/** A link that does not become a job, and why. */
class Refusal extends RuntimeException {

    static final String FIELD = "video_url";

    private final HttpStatus status;
    private final transient Answer answer;
    private final transient Optional<String> retryAfter;

    private Refusal(HttpStatus status, Answer answer, Optional<String> retryAfter) {
        super(answer.message(), null, false, false);
        this.status = status;
        this.answer = answer;
        this.retryAfter = retryAfter;
    }

    /** For a reason that is not in the link. */
    static Refusal of(MessageCode code) {
        return of(code, code.status());
    }

    static Refusal of(MessageCode code, HttpStatus status) {
        return new Refusal(status, Answer.error(code), code.retryAfter());
    }

    /** For a client that has had its share; the sentence says of what. */
    static Refusal of(TooManyRequestsException e) {
        MessageCode code = MessageCode.TOO_MANY_REQUESTS;
        return new Refusal(code.status(), Answer.error(code, e.getMessage(), Map.of()), e.retryAfter());
    }

    /** With a sentence more precise than the code's own. */
    static Refusal of(MessageCode code, String message) {
        return new Refusal(code.status(), Answer.error(code, message, Map.of()), code.retryAfter());
    }

    /** For a reason that is in the link. */
    static Refusal ofField(MessageCode code, String message) {
        return new Refusal(code.status(), Answer.error(code, message, Map.of(FIELD, message)), code.retryAfter());
    }

    HttpStatus status() {
        return status;
    }

    Answer answer() {
        return answer;
    }

    /** When it makes sense to try again, as the header of that name; empty where it does not. */
    Optional<String> retryAfter() {
        return retryAfter;
    }

    ResponseEntity<Answer> response() {
        ResponseEntity<Answer> response = answer.as(status);
        return retryAfter
                .map(seconds -> ResponseEntity.status(status)
                        .headers(response.getHeaders())
                        .headers(headers -> headers.set(HttpHeaders.RETRY_AFTER, seconds))
                        .body(answer))
                .orElse(response);
    }
}
