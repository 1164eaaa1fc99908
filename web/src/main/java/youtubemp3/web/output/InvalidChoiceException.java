package youtubemp3.web.output;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Thrown when an option cannot be used as it is given, with a sentence for its field. */
class InvalidChoiceException extends CodedException {

    /** For a reason, of which some fields have a more precise sentence. */
    InvalidChoiceException(String field, String reason) {
        super(MessageCode.INVALID_OPTION, message(field, reason), field);
    }

    static MessageSourceResolvable message(String field, String reason) {
        String key = "option." + reason;
        return new DefaultMessageSourceResolvable(new String[] {key + "." + field, key});
    }
}
