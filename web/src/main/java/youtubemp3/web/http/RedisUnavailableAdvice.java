package youtubemp3.web.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Without Redis there is nothing to say but "later", at any address. */
@ControllerAdvice
class RedisUnavailableAdvice {

    private static final Logger log = LoggerFactory.getLogger(RedisUnavailableAdvice.class);

    @ExceptionHandler(DataAccessException.class)
    void later(DataAccessException e, HttpServletResponse response) throws IOException {
        log.warn("Redis cannot be asked: {}", e.getMessage());
        response.sendError(MessageCode.UNAVAILABLE.status().value());
    }
}
