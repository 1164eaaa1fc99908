package youtubemp3.web.http;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The one shape of what the API says, errors included.
 *
 * @param data what was asked for; empty for an error
 * @param message one sentence for people
 * @param messageCode the same for scripts
 * @param errorFields the fields at fault, each with one sentence
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ApiResponse(
        Map<String, ?> data, String message, MessageCode messageCode, Map<String, String> errorFields) {

    /** An answer that carries something. */
    public static ApiResponse of(MessageCode code, Map<String, ?> data) {
        return new ApiResponse(data, code.message(), code, Map.of());
    }

    /** An error that is no field's. */
    public static ApiResponse error(MessageCode code) {
        return error(code, code.message(), Map.of());
    }

    /** An error. */
    public static ApiResponse error(MessageCode code, String message, Map<String, String> fields) {
        return new ApiResponse(Map.of(), message, code, fields);
    }

    /** As a response, JSON whatever the client accepts: there is nothing else to choose from. */
    public ResponseEntity<ApiResponse> as(HttpStatus status) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        messageCode.retryAfter().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.body(this);
    }
}
