package youtubemp3.web.progress;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Thrown when a job does not exist or has expired. */
public class UnknownJobException extends CodedException {

    public UnknownJobException() {
        super(MessageCode.NOT_FOUND, new DefaultMessageSourceResolvable("job.unknown"));
    }
}
