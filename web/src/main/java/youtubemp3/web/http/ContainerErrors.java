package youtubemp3.web.http;

import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Translates errors of the servlet container or a library's filter, which have only an HTTP status. */
@Component
public class ContainerErrors {

    private final MessageSourceAccessor messages;

    public ContainerErrors(MessageSourceAccessor messages) {
        this.messages = messages;
    }

    /** The response of the API, for code outside Spring MVC. */
    public ApiResponse response(HttpStatus status) {
        MessageCode code = code(status);
        return ApiResponse.error(code, messages.getMessage(code));
    }

    /** The error of a status; null if the error page was requested directly, without an error. */
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
