package youtubemp3.web.http;

import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Errors that the servlet container or a filter of a library reports: nothing more is known of them than the HTTP status. */
@Component
public class ContainerErrors {

    private final MessageSourceAccessor messages;

    public ContainerErrors(MessageSourceAccessor messages) {
        this.messages = messages;
    }

    /** The error for the API, where no Spring MVC is left to render it. */
    public ApiResponse response(HttpStatus status) {
        MessageCode code = code(status);
        return ApiResponse.error(code, messages.getMessage(code));
    }

    /** The error of a status; null for the address of the error page when it is opened without an error. */
    static CodedException of(@Nullable Object status) {
        if (!(status instanceof Integer number)) {
            return new CodedException(MessageCode.NOT_FOUND);
        }
        HttpStatus known = HttpStatus.resolve(number);
        return known == null ? new CodedException(MessageCode.FAULT) : new CodedException(code(known), known);
    }

    private static MessageCode code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> MessageCode.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> MessageCode.METHOD_NOT_ALLOWED;
            case REQUEST_TIMEOUT -> MessageCode.TOO_SLOW;
            case CONTENT_TOO_LARGE -> MessageCode.TOO_LARGE;
            case SERVICE_UNAVAILABLE -> MessageCode.UNAVAILABLE;
            default -> status.is4xxClientError() ? MessageCode.INVALID_REQUEST : MessageCode.FAULT;
        };
    }
}
