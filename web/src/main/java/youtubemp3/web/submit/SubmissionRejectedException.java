package youtubemp3.web.submit;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpStatus;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Thrown when a submission is rejected. */
class SubmissionRejectedException extends CodedException {

    /** The field with the link. */
    static final String FIELD = "video_url";

    /** For a reason other than the link. */
    SubmissionRejectedException(MessageCode code) {
        super(code);
    }

    /** For a reason other than the link, with a status other than the code's. */
    SubmissionRejectedException(MessageCode code, HttpStatus status) {
        super(code, status);
    }

    /** For a reason that is in the link. */
    SubmissionRejectedException(MessageCode code, MessageSourceResolvable message) {
        super(code, message, FIELD);
    }

    /** For a reason that is in the link. */
    SubmissionRejectedException(MessageCode code, String message) {
        this(code, message, FIELD);
    }

    /** For a reason that is in a field. */
    SubmissionRejectedException(MessageCode code, String message, String field) {
        super(code, new DefaultMessageSourceResolvable(message), field);
    }

    private SubmissionRejectedException(MessageSourceResolvable message) {
        super(MessageCode.QUEUE_FULL, message);
    }

    /** For several videos at once, of which only fewer can be added to the queue. */
    static SubmissionRejectedException littleRoom(int room) {
        return new SubmissionRejectedException(new DefaultMessageSourceResolvable(
                new String[] {"queue.little-room"}, new Object[] {String.valueOf(room)}));
    }
}
