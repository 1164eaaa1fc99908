package youtubemp3.web.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpStatus;

/** Names for scripts of what a response says. The sentence for people is the message {@code code.<name>}. */
public enum MessageCode implements MessageSourceResolvable {
    /** The job is in the queue; its id is in the data. */
    ENQUEUED(HttpStatus.CREATED),
    /** The text is not a link to one video on YouTube. */
    INVALID_LINK(HttpStatus.BAD_REQUEST),
    /** YouTube does not know the video. */
    VIDEO_DONT_EXISTS(HttpStatus.BAD_REQUEST),
    /** The video failed lately for a reason of its own: private, protected, too long. */
    CANNOT_CONVERT(HttpStatus.BAD_REQUEST),
    /** The request is not what this address takes. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST),
    /** The password or a token is needed. */
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED),
    /** A page of another site made the browser send the request. */
    CROSS_SITE(HttpStatus.FORBIDDEN),
    /** Nothing is there. */
    NOT_FOUND(HttpStatus.NOT_FOUND),
    /** The address exists, but not for this method. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    /** The address answers in none of the types that the client accepts. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    /** The body did not arrive in time. */
    TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
    /** The body is larger than a link can be. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The body is neither JSON nor a form. */
    NOT_JSON(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** This client has used up its limit for now. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, Duration.ofSeconds(30)),
    /** A fault of this service. */
    FAULT(HttpStatus.INTERNAL_SERVER_ERROR),
    /** YouTube did not say whether the video exists: 502 after a useless answer, 503 without one. */
    YOUTUBE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(10)),
    /** As many jobs as allowed wait already. */
    QUEUE_FULL(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(30)),
    /** No worker has room for another file. */
    STORAGE_FULL(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofMinutes(5)),
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

    /** The HTTP status that comes with the code, unless the error has another. */
    public HttpStatus status() {
        return status;
    }

    /** The seconds after which another try makes sense, as the header of that name; empty where it never does. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter).map(time -> String.valueOf(time.toSeconds()));
    }

    @Override
    public String[] getCodes() {
        return new String[] {"code." + name()};
    }
}
