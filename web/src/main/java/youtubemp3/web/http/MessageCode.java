package youtubemp3.web.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What an {@link ApiResponse} says, by stable names for scripts. */
public enum MessageCode {
    /** The job is in the queue; its id is in the data. */
    ENQUEUED(HttpStatus.CREATED, "The video is in the queue."),
    /** The text is no link to one video on YouTube. */
    INVALID_LINK(HttpStatus.BAD_REQUEST, "This is not a link to a YouTube video."),
    /** YouTube does not know the video. */
    VIDEO_DONT_EXISTS(HttpStatus.BAD_REQUEST, "YouTube has no such video."),
    /** It was tried lately, and whoever asks, it cannot be converted: private, protected, too long. */
    CANNOT_CONVERT(HttpStatus.BAD_REQUEST, "This video cannot be converted."),
    /** The request is not what this address takes. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood."),
    /** The password or a token is needed. */
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "A password or a token is needed here."),
    /** Another site has sent a browser here, or nobody can tell whether it did. */
    CROSS_SITE(HttpStatus.FORBIDDEN, "This does not come from our own page."),
    /** Nothing is there. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address."),
    /** The address is there, but not for this method. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not take this method."),
    /** The address answers in no type that the client accepts. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "This address does not answer in the type you accept."),
    /** The body did not arrive in time. */
    TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive."),
    /** The body is larger than a link can be. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large."),
    /** The body is neither JSON nor a form. */
    NOT_JSON(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The request must be JSON."),
    /** This client has had its share for now. */
    TOO_MANY_REQUESTS(
            HttpStatus.TOO_MANY_REQUESTS, "Too many requests came from your address.", Duration.ofSeconds(30)),
    /** A fault of this service. */
    FAULT(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side."),
    /** YouTube could not be asked: 502 for an answer that says nothing, 503 for none. */
    YOUTUBE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "YouTube cannot be asked right now.", Duration.ofSeconds(10)),
    /** As many jobs as allowed wait already. */
    QUEUE_FULL(HttpStatus.SERVICE_UNAVAILABLE, "Too many videos are waiting right now.", Duration.ofSeconds(30)),
    /** No worker has room for another file. */
    STORAGE_FULL(
            HttpStatus.SERVICE_UNAVAILABLE, "This server has no room for more files right now.", Duration.ofMinutes(5)),
    /** Redis is away. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service is not available right now.", Duration.ofSeconds(5));

    private final HttpStatus status;
    private final String message;
    private final @Nullable Duration retryAfter;

    MessageCode(HttpStatus status, String message) {
        this(status, message, null);
    }

    MessageCode(HttpStatus status, String message, @Nullable Duration retryAfter) {
        this.status = status;
        this.message = message;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status that it comes with unless said otherwise. */
    public HttpStatus status() {
        return status;
    }

    /** One sentence for the person who asked. */
    public String message() {
        return message;
    }

    /** When it makes sense to try again, as the header of that name; empty where it does not. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter).map(time -> String.valueOf(time.toSeconds()));
    }

    /** The code for an error that nothing more is known of than its HTTP status. */
    public static MessageCode of(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> UNAUTHORIZED;
            case FORBIDDEN -> CROSS_SITE;
            case NOT_FOUND -> NOT_FOUND;
            case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
            case REQUEST_TIMEOUT -> TOO_SLOW;
            case CONTENT_TOO_LARGE -> TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> NOT_JSON;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case SERVICE_UNAVAILABLE -> UNAVAILABLE;
            default -> status.is4xxClientError() ? INVALID_REQUEST : FAULT;
        };
    }
}
