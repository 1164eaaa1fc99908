package youtubemp3.web.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpStatus;

/** An error with a code for scripts and a message for people, independent of how it is rendered. */
public class CodedException extends RuntimeException {

    private final MessageCode code;
    private final HttpStatus status;
    private final transient MessageSourceResolvable message;
    private final @Nullable String field;
    private final @Nullable String retryAfter;

    /** An error with its code's status and message. */
    public CodedException(MessageCode code) {
        this(code, code.status());
    }

    /** An error with a status other than its code's. */
    public CodedException(MessageCode code, HttpStatus status) {
        this(code, status, code, null, code.retryAfter().orElse(null));
    }

    /** An error with a more precise message than its code's. */
    protected CodedException(MessageCode code, MessageSourceResolvable message) {
        this(code, code.status(), message, null, code.retryAfter().orElse(null));
    }

    /** An error of one field of the request. */
    protected CodedException(MessageCode code, MessageSourceResolvable message, String field) {
        this(code, code.status(), message, field, code.retryAfter().orElse(null));
    }

    /** An error that is over after a known time. */
    protected CodedException(MessageCode code, MessageSourceResolvable message, Duration retryAfter) {
        this(
                code,
                code.status(),
                message,
                null,
                String.valueOf(retryAfter.plusMillis(999).toSeconds()));
    }

    private CodedException(
            MessageCode code,
            HttpStatus status,
            MessageSourceResolvable message,
            @Nullable String field,
            @Nullable String retryAfter) {
        // part of normal operation: no stack trace
        super(code.name(), null, false, false);
        this.code = code;
        this.status = status;
        this.message = message;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** The code for scripts. */
    public MessageCode code() {
        return code;
    }

    /** The HTTP status of the response. */
    public HttpStatus status() {
        return status;
    }

    /** One sentence for people. */
    public MessageSourceResolvable message() {
        return message;
    }

    /** What a script can go on with. */
    public Map<String, String> data() {
        return Map.of();
    }

    /** The field of the request that the message is about. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** The header {@code Retry-After}, in seconds; empty if a retry cannot succeed. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
