package youtubemp3.web.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The error page of the servlet container: passes the reported error to {@link ApiExceptionHandler}. */
@Controller
@RequestMapping("${spring.web.error.path:/error}")
class ApiErrorController implements ErrorController {

    @RequestMapping
    void report(HttpServletRequest request) {
        throw ContainerErrors.of(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
    }
}
