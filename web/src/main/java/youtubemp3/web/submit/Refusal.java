package youtubemp3.web.submit;

import java.util.Map;
import org.springframework.http.HttpStatus;
import youtubemp3.web.system.Answer;
import youtubemp3.web.system.MessageCode;

/** A link that does not become a job, and why. */
class Refusal extends RuntimeException {

    static final String FIELD = "video_url";

    private final HttpStatus status;
    private final transient Answer answer;

    private Refusal(HttpStatus status, Answer answer) {
        super(answer.message(), null, false, false);
        this.status = status;
        this.answer = answer;
    }

    /** For a reason that is not in the link. */
    static Refusal of(MessageCode code) {
        return of(code, code.status());
    }

    static Refusal of(MessageCode code, HttpStatus status) {
        return new Refusal(status, Answer.error(code));
    }

    /** With a sentence more precise than the code's own. */
    static Refusal of(MessageCode code, String message) {
        return new Refusal(code.status(), Answer.error(code, message, Map.of()));
    }

    /** For a reason that is in the link. */
    static Refusal ofField(MessageCode code, String message) {
        return new Refusal(code.status(), Answer.error(code, message, Map.of(FIELD, message)));
    }

    HttpStatus status() {
        return status;
    }

    Answer answer() {
        return answer;
    }
}
