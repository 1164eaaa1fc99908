package youtubemp3.web.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpStatus;

/** The message codes of the API, for scripts. The sentence for people is the message {@code code.<name>}. */
public enum MessageCode implements MessageSourceResolvable {
    /** The job is in the queue; its id is in the data. */
    ENQUEUED(HttpStatus.CREATED),
    /** The submission was taken back. */
    CANCELLED(HttpStatus.OK),
    /** The text is not a link to one video on YouTube. */
    INVALID_LINK(HttpStatus.BAD_REQUEST),
    /** The video does not exist on YouTube. */
    VIDEO_DONT_EXISTS(HttpStatus.BAD_REQUEST),
    /** A recent job failed because of the video itself, such as a private, protected or too long one. */
    CANNOT_CONVERT(HttpStatus.BAD_REQUEST),
    /** An option has no such value, is not offered here, or does not go with another one. */
    INVALID_OPTION(HttpStatus.BAD_REQUEST),
    /** The playlist is not listed yet, or not any more. */
    NOT_LISTED(HttpStatus.CONFLICT),
    /** The request is malformed. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST),
    /** The request lacks a valid password or token. */
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED),
    /** A page of another site made the browser send the request. */
    CROSS_SITE(HttpStatus.FORBIDDEN),
    /** The address does not exist. */
    NOT_FOUND(HttpStatus.NOT_FOUND),
    /** The address exists, but not for this method. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    /** The address has no representation of a type that the client accepts. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    /** The body did not arrive in time. */
    TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
    /** The body is larger than a submission can be. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The body is neither JSON nor a form. */
    NOT_JSON(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** The client has reached one of its limits. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, Duration.ofSeconds(30)),
    /** The service has an internal error. */
    FAULT(HttpStatus.INTERNAL_SERVER_ERROR),
    /** YouTube did not tell whether the video exists: 502 after an unusable response, 503 without a response. */
    YOUTUBE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(10)),
    /** The queue is full. */
    QUEUE_FULL(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(30)),
    /** All running workers lack the room for another file. */
    STORAGE_FULL(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofMinutes(5)),
    /** All running workers lack a folder that they can write to. */
    STORAGE_NOT_WRITABLE(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofMinutes(5)),
    /** Redis cannot be reached. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(5));

    private final HttpStatus status;
    private final @Nullable Duration retryAfter;

    MessageCode(HttpStatus status) {
        this(status, null);
    }

    MessageCode(HttpStatus status, @Nullable Duration retryAfter) {
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The default HTTP status of errors with this code. */
    public HttpStatus status() {
        return status;
    }

    /** The default header {@code Retry-After}, in seconds; empty if a retry cannot succeed. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter).map(time -> String.valueOf(time.toSeconds()));
    }

    @Override
    public String[] getCodes() {
        return new String[] {"code." + name()};
    }
}
