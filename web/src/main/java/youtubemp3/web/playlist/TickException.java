package youtubemp3.web.playlist;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Thrown when the videos of a playlist cannot be converted as they are ticked. */
class TickException extends CodedException {

    /** The field with the videos. */
    static final String FIELD = "videos";

    TickException(MessageCode code, String message) {
        super(code, new DefaultMessageSourceResolvable(message), FIELD);
    }
}
