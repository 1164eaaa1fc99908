package youtubemp3.web.submit;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpStatus;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** A link does not become a job. */
class SubmissionRejectedException extends CodedException {

    /** The field of a submission. */
    static final String FIELD = "video_url";

    /** For a reason that is not in the link. */
    SubmissionRejectedException(MessageCode code) {
        super(code);
    }

    /** For a reason that is not in the link, with another status than the code's. */
    SubmissionRejectedException(MessageCode code, HttpStatus status) {
        super(code, status);
    }

    /** For a reason that is in the link. */
    SubmissionRejectedException(MessageCode code, MessageSourceResolvable message) {
        super(code, message, FIELD);
    }

    /** For a reason that is in the link. */
    SubmissionRejectedException(MessageCode code, String message) {
        this(code, new DefaultMessageSourceResolvable(message));
    }
}
