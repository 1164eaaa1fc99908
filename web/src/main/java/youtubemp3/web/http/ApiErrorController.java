package youtubemp3.web.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Every error that nobody answered otherwise: a page for browsers, the API's shape for all others, no details in either. */
@Controller
@RequestMapping("${spring.web.error.path:/error}")
class ApiErrorController implements ErrorController {

    @RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(HttpServletRequest request, HttpServletResponse response) {
        HttpStatus status = status(request);
        MessageCode.of(status).retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
        // a page that loads nothing: each of its files would make the browser ask for the password again
        String view = status == HttpStatus.UNAUTHORIZED ? "http/unauthorized" : "system/error";
        return new ModelAndView(view, status)
                .addObject("status", status.value())
                .addObject("code", MessageCode.of(status));
    }

    @RequestMapping
    ResponseEntity<ApiResponse> json(HttpServletRequest request) {
        HttpStatus status = status(request);
        return ApiResponse.error(MessageCode.of(status)).as(status);
    }

    /** Whoever opens this address without an error finds nothing. */
    private static HttpStatus status(HttpServletRequest request) {
        if (!(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)) {
            return HttpStatus.NOT_FOUND;
        }
        HttpStatus status = HttpStatus.resolve(code);
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }
}
