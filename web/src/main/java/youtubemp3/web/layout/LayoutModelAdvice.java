package youtubemp3.web.layout;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Gives every page its {@link RelativeLinks}. */
@ControllerAdvice
class LayoutModelAdvice {

    private final ResourceUrlProvider resources;

    LayoutModelAdvice(ResourceUrlProvider resources) {
        this.resources = resources;
    }

    @ModelAttribute("site")
    RelativeLinks site(HttpServletRequest request) {
        // the browser's address, which an error page does not change
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String address = failed instanceof String text ? text : request.getRequestURI();
        return new RelativeLinks(address.substring(request.getContextPath().length()), resources);
    }
}
