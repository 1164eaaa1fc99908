package youtubemp3.web.http;

import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of every response of the API, including errors.
 *
 * @param data the requested data; empty for most errors
 * @param message a sentence for people
 * @param messageCode the name of the message, for scripts
 * @param errorFields the invalid fields of the request, each with a sentence
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ApiResponse(
        Map<String, ?> data, String message, MessageCode messageCode, Map<String, String> errorFields) {

    /** A response that carries data. */
    public static ApiResponse of(MessageCode code, String message, Map<String, ?> data) {
        return new ApiResponse(data, message, code, Map.of());
    }

    /** An error that is not about a field. */
    public static ApiResponse error(MessageCode code, String message) {
        return new ApiResponse(Map.of(), message, code, Map.of());
    }

    /** The HTTP response, which is JSON regardless of the Accept header. */
    public ResponseEntity<Object> as(HttpStatus status, HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(this);
    }
}
